using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="ReadAgain"/>, of VPIO1027.</summary>
internal sealed class ReadAgainTests
{
    [Test]
    public Task TheValueIsReadUnderThisHold() => FixCase.Members<ReadAgain>("""
        public void Send()
        {
            nic.Grab();
            var head = nic.Read(0);
            nic.Release();
            nic.Grab();
            nic.Write(0, {|VPIO1027:head|} + 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            var head = nic.Read(0);
            nic.Release();
            nic.Grab();
            head = nic.Read(0);
            nic.Write(0, head + 1);
            nic.Release();
        }
        """);

    [Test]
    public Task CommentsStayAndLaterUsesAreServedToo() => FixCase.Members<ReadAgain>("""
        public void Send()
        {
            nic.Grab();
            uint head = nic[4];
            nic.Release();
            nic.Grab();

            // Moves on.
            nic.Write(0, {|VPIO1027:head|} + 1); // one
            nic.Write(4, head + 2); // two
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            uint head = nic[4];
            nic.Release();
            nic.Grab();

            // Moves on.
            head = nic[4];
            nic.Write(0, head + 1); // one
            nic.Write(4, head + 2); // two
            nic.Release();
        }
        """);

    [Test]
    public Task AllValuesAreReadAgain() => FixCase.Members<ReadAgain>("""
        public void Send()
        {
            nic.Grab();
            uint head = nic.Read(0), tail = nic.Read(4);
            nic.Release();
            nic.Grab();
            nic.Write(0, {|VPIO1027:head|});
            nic.Write(4, {|VPIO1027:tail|});
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            uint head = nic.Read(0), tail = nic.Read(4);
            nic.Release();
            nic.Grab();
            head = nic.Read(0);
            nic.Write(0, head);
            tail = nic.Read(4);
            nic.Write(4, tail);
            nic.Release();
        }
        """);
}
