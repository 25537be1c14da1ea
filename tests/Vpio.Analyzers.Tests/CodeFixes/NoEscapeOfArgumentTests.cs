using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="NoEscapeOfArgument"/>, of VPIO1015.</summary>
internal sealed class NoEscapeOfArgumentTests
{
    [Test]
    public Task AMethodThatDoesNotKeepTheViewSaysSo() => FixCase.Members<NoEscapeOfArgument>("""
        public void Send()
        {
            nic.Grab();
            Sum({|VPIO1015:nic.Map(0, 16)|});
            nic.Release();
        }

        public static uint Sum(Buffer view) => view[0] + view[4];
        """, """
        public void Send()
        {
            nic.Grab();
            Sum(nic.Map(0, 16));
            nic.Release();
        }

        public static uint Sum([NoEscape] Buffer view) => view[0] + view[4];
        """);

    [Test]
    public Task CommentsStay() => FixCase.Members<NoEscapeOfArgument>("""
        public void Send()
        {
            nic.Grab();
            Sum(2, {|VPIO1015:nic.Map(0, 16)|}); // all
            nic.Release();
        }

        /// <summary>Adds up.</summary>
        public static uint Sum(
            int count,
            // What to add up.
            Buffer view) => view[0] * (uint)count;
        """, """
        public void Send()
        {
            nic.Grab();
            Sum(2, nic.Map(0, 16)); // all
            nic.Release();
        }

        /// <summary>Adds up.</summary>
        public static uint Sum(
            int count,
            // What to add up.
            [NoEscape] Buffer view) => view[0] * (uint)count;
        """);

    [Test]
    public Task AMethodThatKeepsTheViewCannotSaySo() => FixCase.NotOffered<NoEscapeOfArgument>("""
        public void Send()
        {
            nic.Grab();
            Hold({|VPIO1015:nic.Map(0, 16)|});
            nic.Release();
        }

        public void Hold(Buffer view) => kept = view;
        """);

    [Test]
    public Task AllMethodsSaySo() => FixCase.Members<NoEscapeOfArgument>("""
        public void Send()
        {
            nic.Grab();
            Sum({|VPIO1015:nic.Map(0, 16)|});
            Sum({|VPIO1015:nic.Map(4, 16)|});
            First({|VPIO1015:nic.Map(8, 16)|});
            nic.Release();
        }

        public static uint Sum(Buffer view) => view[0] + view[4];

        public static uint First(Buffer view) => view[0];
        """, """
        public void Send()
        {
            nic.Grab();
            Sum(nic.Map(0, 16));
            Sum(nic.Map(4, 16));
            First(nic.Map(8, 16));
            nic.Release();
        }

        public static uint Sum([NoEscape] Buffer view) => view[0] + view[4];

        public static uint First([NoEscape] Buffer view) => view[0];
        """);
}
