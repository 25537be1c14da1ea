using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="TestStillHeld"/>, of VPIO1024.</summary>
internal sealed class TestStillHeldTests
{
    [Test]
    public Task AHoldThatMayBeLostIsLookedAt() => FixCase.Members<TestStillHeld>("""
        public void Send()
        {
            nic.Grab();
            nic.WaitForInterrupt();
            {|VPIO1024:nic.Write(0, 1)|};
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.WaitForInterrupt();
            if (nic.IsHeld)
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task CommentsStayAndAScopeReleasesByItself() => FixCase.Members<TestStillHeld>("""
        public void Send()
        {
            using var scope = nic.Enter();
            nic.WaitForInterrupt();

            // Tells the card.
            {|VPIO1024:nic.Write(0, 1)|}; // now
            Elsewhere.Log();
        }
        """, """
        public void Send()
        {
            using var scope = nic.Enter();
            nic.WaitForInterrupt();

            // Tells the card.
            if (nic.IsHeld)
            {
                nic.Write(0, 1); // now
            }

            Elsewhere.Log();
        }
        """);

    [Test]
    public Task BehindAKnownStopNoLookHelps() => FixCase.NotOffered<TestStillHeld>("""
        public void Send()
        {
            nic.Grab();
            if (nic.Wanted)
                {|VPIO1024:nic.Write(0, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task AllTouchesLook() => FixCase.Members<TestStillHeld>("""
        public void Send()
        {
            using var one = nic.Enter();
            using var two = other.Enter();
            nic.WaitForInterrupt();
            other.WaitForInterrupt();
            {|VPIO1024:nic.Write(0, 1)|};
            {|VPIO1024:other.Write(0, 1)|};
        }
        """, """
        public void Send()
        {
            using var one = nic.Enter();
            using var two = other.Enter();
            nic.WaitForInterrupt();
            other.WaitForInterrupt();
            if (nic.IsHeld)
            {
                nic.Write(0, 1);
            }

            if (other.IsHeld)
            {
                other.Write(0, 1);
            }
        }
        """);
}
