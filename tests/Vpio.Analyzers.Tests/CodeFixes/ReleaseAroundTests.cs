using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="ReleaseAround"/>, of VPIO1013, VPIO1014, VPIO1019, VPIO1020.</summary>
internal sealed class ReleaseAroundTests
{
    [Test]
    public Task AnAwaitIsOutsideOfTheHold() => FixCase.Members<ReleaseAround>("""
        public async Task Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            {|VPIO1013:await Elsewhere.Later()|};
            nic.Write(4, 1);
            nic.Release();
        }
        """, """
        public async Task Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            await Elsewhere.Later();
            nic.Grab();
            nic.Write(4, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AReleaseThatFollowsMovesBefore() => FixCase.Members<ReleaseAround>("""
        public async Task Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            // Let it settle.
            {|VPIO1013:await Elsewhere.Later()|}; // long
            nic.Release();
            Elsewhere.Log();
        }
        """, """
        public async Task Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            // Let it settle.
            await Elsewhere.Later(); // long
            Elsewhere.Log();
        }
        """);

    [Test]
    public Task ABlockingCallIsOutsideOfTheHold() => FixCase.Members<ReleaseAround>("""
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);

            // Let it settle.
            {|VPIO1014:Thread.Sleep(1)|}; // long
            nic.Write(4, 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);

            // Let it settle.
            nic.Release();
            Thread.Sleep(1); // long
            nic.Grab();
            nic.Write(4, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task ACallThatExcludesTheHoldIsOutsideOfIt() => FixCase.Members<ReleaseAround>("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1019:Reset()|};
            nic.Write(0, 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Release();
            Reset();
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task WhatIsHeldOnSomePathsIsReleasedOnThose() => FixCase.Members<ReleaseAround>("""
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
                Elsewhere.Log();
            {|VPIO1020:Reset()|};
            if (ok)
                nic.Release();
        }
        """, """
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
                Elsewhere.Log();
            if (ok)
            {
                nic.Release();
            }

            Reset();
            if (ok)
            {
                nic.Grab();
            }

            if (ok)
                nic.Release();
        }
        """);

    [Test]
    public Task WhatAFinallyBlockReleasesIsLeftAlone() => FixCase.NotOffered<ReleaseAround>("""
        public async Task Send()
        {
            nic.Grab();
            try
            {
                {|VPIO1013:await Elsewhere.Later()|};
                nic.Write(0, 1);
            }
            finally
            {
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AllWaitsAreOutsideOfTheHold() => FixCase.Members<ReleaseAround>("""
        public void One()
        {
            nic.Grab();
            {|VPIO1014:Thread.Sleep(1)|};
            nic.Write(0, 1);
            {|VPIO1014:Thread.Sleep(2)|};
            nic.Write(4, 1);
            nic.Release();
        }

        public void Two()
        {
            nic.Grab();
            {|VPIO1019:Reset()|};
            nic.Release();
        }
        """, """
        public void One()
        {
            nic.Grab();
            nic.Release();
            Thread.Sleep(1);
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            Thread.Sleep(2);
            nic.Grab();
            nic.Write(4, 1);
            nic.Release();
        }

        public void Two()
        {
            nic.Grab();
            nic.Release();
            Reset();
        }
        """);
}
