using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="GrabAgain"/>, of VPIO1003.</summary>
internal sealed class GrabAgainTests
{
    [Test]
    public Task TheTouchGetsAGrabOfItsOwn() => FixCase.Members<GrabAgain>("""
        public void Send()
        {
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Release();
            if (nic.TryGrab())
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task CommentsStayAndTheAwaitStaysOutside() => FixCase.Members<GrabAgain>("""
        public async Task Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            await Elsewhere.Later();

            // And once more.
            {|VPIO1003:nic.Write(4, 1)|}; // now
            Elsewhere.Log();
        }
        """, """
        public async Task Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            await Elsewhere.Later();

            // And once more.
            if (nic.TryGrab())
            {
                nic.Write(4, 1); // now
                nic.Release();
            }

            Elsewhere.Log();
        }
        """);

    [Test]
    public Task AViewOfTheHoldBeforeStaysDead() => FixCase.NotOffered<GrabAgain>("""
        public void Send()
        {
            nic.Grab();
            var registers = nic.Registers;
            nic.Release();
            {|VPIO1003:registers[0]|} = 1;
        }
        """);

    [Test]
    public Task AllTouchesGetAGrab() => FixCase.Members<GrabAgain>("""
        public void Send()
        {
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(4, 1)|};
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Release();
            if (nic.TryGrab())
            {
                nic.Write(0, 1);
                nic.Release();
            }

            nic.Grab();
            nic.Release();
            if (nic.TryGrab())
            {
                nic.Write(4, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task NotForAPointerOfTheHoldBefore() => FixCase.NotOffered<GrabAgain>("""
        public unsafe uint Poke()
        {
            nic.Grab();
            uint* at = nic.Raw;
            *at = 1;
            nic.Release();
            return {|VPIO1003:*at|};
        }
        """);
}
