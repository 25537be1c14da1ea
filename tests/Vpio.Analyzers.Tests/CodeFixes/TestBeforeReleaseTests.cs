using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="TestBeforeRelease"/>, of VPIO1007.</summary>
internal sealed class TestBeforeReleaseTests
{
    [Test]
    public Task TheStoredResultIsTested() => FixCase.Members<TestBeforeRelease>("""
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
                nic.Write(0, 1);
            {|VPIO1007:nic.Release()|};
        }
        """, """
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
                nic.Write(0, 1);
            if (ok)
            {
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AGrabInsideATryIsRemembered() => FixCase.Members<TestBeforeRelease>("""
        public void Send()
        {
            // All or nothing.
            try
            {
                nic.Grab(); // waits
                Elsewhere.MayFail();
            }
            finally
            {
                // Gives it back.
                {|VPIO1007:nic.Release()|}; // always
            }
        }
        """, """
        public void Send()
        {
            bool held = false;
            // All or nothing.
            try
            {
                nic.Grab(); // waits
                held = true;
                Elsewhere.MayFail();
            }
            finally
            {
                // Gives it back.
                if (held)
                {
                    nic.Release(); // always
                }
            }
        }
        """, "VPIO1010");

    [Test]
    public Task AHoldThatMayBeLostIsLookedAt() => FixCase.Members<TestBeforeRelease>("""
        public void Send()
        {
            nic.Grab();
            nic.WaitForInterrupt();
            {|VPIO1007:nic.Release()|};
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.WaitForInterrupt();
            if (nic.IsHeld)
            {
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AllReleasesAreTested() => FixCase.Members<TestBeforeRelease>("""
        public void One()
        {
            bool ok = nic.TryGrab();
            if (ok)
                nic.Write(0, 1);
            {|VPIO1007:nic.Release()|};
        }

        public void Two()
        {
            bool won = other.TryGrab();
            if (won)
                other.Write(0, 1);
            {|VPIO1007:other.Release()|};
        }
        """, """
        public void One()
        {
            bool ok = nic.TryGrab();
            if (ok)
                nic.Write(0, 1);
            if (ok)
            {
                nic.Release();
            }
        }

        public void Two()
        {
            bool won = other.TryGrab();
            if (won)
                other.Write(0, 1);
            if (won)
            {
                other.Release();
            }
        }
        """);
}
