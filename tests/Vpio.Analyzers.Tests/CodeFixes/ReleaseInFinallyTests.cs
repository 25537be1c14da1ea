using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="ReleaseInFinally"/>, of VPIO1008, VPIO1009, VPIO1010.</summary>
internal sealed class ReleaseInFinallyTests
{
    [Test]
    public Task TheRestOfTheBlockIsInATry() => FixCase.Members<ReleaseInFinally>("""
        public void Send()
        {
            {|VPIO1008:nic.Grab()|};
            nic.Write(0, 1);
        }
        """, """
        public void Send()
        {
            nic.Grab();
            try
            {
                nic.Write(0, 1);
            }
            finally
            {
                nic.Release();
            }
        }
        """, "VPIO1010");

    [Test]
    public Task TheReleaseThatOnePathReachesMovesToTheFinallyBlock() => FixCase.Members<ReleaseInFinally>("""
        public void Send(bool early)
        {
            {|VPIO1009:nic.Grab()|};

            // Perhaps there is nothing to do.
            if (early)
                return; // no

            nic.Write(0, 1);
            nic.Release();
            Elsewhere.Log();
        }
        """, """
        public void Send(bool early)
        {
            nic.Grab();

            // Perhaps there is nothing to do.
            try
            {
                if (early)
                    return; // no

                nic.Write(0, 1);
            }
            finally
            {
                nic.Release();
            }

            Elsewhere.Log();
        }
        """, "VPIO1010");

    [Test]
    public Task AnExceptionReleasesToo() => FixCase.Members<ReleaseInFinally>("""
        public void Send()
        {
            {|VPIO1010:nic.Grab()|};
            Elsewhere.MayFail();
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            try
            {
                Elsewhere.MayFail();
            }
            finally
            {
                nic.Release();
            }
        }
        """, "VPIO1010");

    [Test]
    public Task AReleaseInsideABranchGoes() => FixCase.Members<ReleaseInFinally>("""
        public void Send()
        {
            {|VPIO1009:nic.Grab()|};
            if (Elsewhere.Flip())
                nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            try
            {
                if (Elsewhere.Flip())
                {
                }
            }
            finally
            {
                nic.Release();
            }
        }
        """);

    [Test]
    public Task ATryGrabReleasesWhereItSucceeded() => FixCase.Members<ReleaseInFinally>("""
        public void Send()
        {
            if ({|VPIO1009:nic.TryGrab()|})
                nic.Write(0, 1);
        }
        """, """
        public void Send()
        {
            if (nic.TryGrab())
            {
                try
                {
                    nic.Write(0, 1);
                }
                finally
                {
                    nic.Release();
                }
            }
        }
        """);

    [Test]
    public Task BehindATestThatLeavesTheRestIsInATry() => FixCase.Members<ReleaseInFinally>("""
        public uint Head()
        {
            if (!{|VPIO1009:nic.TryGrab()|})
                return 0;
            return nic.Read(0);
        }
        """, """
        public uint Head()
        {
            if (!nic.TryGrab())
                return 0;
            try
            {
                return nic.Read(0);
            }
            finally
            {
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AGrabAtTheEndIsReleasedAtOnce() => FixCase.Members<ReleaseInFinally>("""
        public void Knock()
        {
            {|VPIO1008:nic.Grab()|};
        }
        """, """
        public void Knock()
        {
            nic.Grab();
            nic.Release();
        }
        """);

    [Test]
    public Task ANameThatGetsAnotherDeviceCannotBeReleased() => FixCase.NotOffered<ReleaseInFinally>("""
        public void Send(Nic card)
        {
            {|VPIO1008:card.Grab()|};
            card = other;
            Elsewhere.Log();
        }
        """);

    [Test]
    public Task AllGrabsAreReleased() => FixCase.Members<ReleaseInFinally>("""
        public void Send()
        {
            {|VPIO1008:nic.Grab()|};
            {|VPIO1008:other.Grab()|};
            nic.Write(0, other.Read(0));
        }
        """, """
        public void Send()
        {
            nic.Grab();
            try
            {
                other.Grab();
                try
                {
                    nic.Write(0, other.Read(0));
                }
                finally
                {
                    other.Release();
                }
            }
            finally
            {
                nic.Release();
            }
        }
        """, "VPIO1010");
}
