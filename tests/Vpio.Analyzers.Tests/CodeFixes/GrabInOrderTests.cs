using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="GrabInOrder"/>, of VPIO1028.</summary>
internal sealed class GrabInOrderTests
{
    [Test]
    public Task TheFirstIsGrabbedFirst() => FixCase.Members<GrabInOrder>("""
        [GrabBefore(nameof(second))] public readonly Nic first = new();
        public readonly Nic second = new();

        public void Send()
        {
            second.Grab();
            {|VPIO1028:first.Grab()|};
            first.Release();
            second.Release();
        }
        """, """
        [GrabBefore(nameof(second))] public readonly Nic first = new();
        public readonly Nic second = new();

        public void Send()
        {
            first.Grab();
            second.Grab();
            first.Release();
            second.Release();
        }
        """);

    [Test]
    public Task CommentsMoveWithTheGrab() => FixCase.Members<GrabInOrder>("""
        [GrabBefore(nameof(second))] public readonly Nic first = new();
        public readonly Nic second = new();

        public void Send()
        {
            // The second card.
            second.Grab(); // two
            second.Write(0, 1);
            // The first card.
            {|VPIO1028:first.Grab()|}; // one
            first.Release();
            second.Release();
        }
        """, """
        [GrabBefore(nameof(second))] public readonly Nic first = new();
        public readonly Nic second = new();

        public void Send()
        {
            // The first card.
            first.Grab(); // one
            // The second card.
            second.Grab(); // two
            second.Write(0, 1);
            first.Release();
            second.Release();
        }
        """);

    [Test]
    public Task AllGrabsAreInOrder() => FixCase.Members<GrabInOrder>("""
        [GrabBefore(nameof(second))] public readonly Nic first = new();
        public readonly Nic second = new();

        public void One()
        {
            second.Grab();
            {|VPIO1028:first.Grab()|};
            first.Release();
            second.Release();
        }

        public void Two()
        {
            second.Grab();
            {|VPIO1028:first.Grab()|};
            second.Release();
            first.Release();
        }
        """, """
        [GrabBefore(nameof(second))] public readonly Nic first = new();
        public readonly Nic second = new();

        public void One()
        {
            first.Grab();
            second.Grab();
            first.Release();
            second.Release();
        }

        public void Two()
        {
            first.Grab();
            second.Grab();
            second.Release();
            first.Release();
        }
        """);
}
