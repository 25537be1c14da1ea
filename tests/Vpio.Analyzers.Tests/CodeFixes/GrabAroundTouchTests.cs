using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="GrabAroundTouch"/>, of VPIO1001, VPIO1002, VPIO1017, VPIO1022.</summary>
internal sealed class GrabAroundTouchTests
{
    [Test]
    public Task ATouchIsWrappedInATryGrab() => FixCase.Members<GrabAroundTouch>("""
        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
        }
        """, """
        public void Send()
        {
            if (nic.TryGrab())
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task TheHoldReachesToTheLastTouchAndCommentsStay() => FixCase.Members<GrabAroundTouch>("""
        public void Send(int round)
        {
            Elsewhere.Log();

            // Tells the card.
            {|VPIO1001:nic.Write(0, 1)|}; // first
            Elsewhere.Log();
            nic.Write(
                4,
                2); // last

            // Done.
            Elsewhere.Log();
        }
        """, """
        public void Send(int round)
        {
            Elsewhere.Log();

            // Tells the card.
            if (nic.TryGrab())
            {
                nic.Write(0, 1); // first
                Elsewhere.Log();
                nic.Write(
                    4,
                    2); // last
                nic.Release();
            }

            // Done.
            Elsewhere.Log();
        }
        """);

    [Test]
    public Task WhatMayThrowReleasesInAFinallyBlock() => FixCase.Members<GrabAroundTouch>("""
        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
            Elsewhere.MayFail();
            nic.Write(4, 2);
        }
        """, """
        public void Send()
        {
            if (nic.TryGrab())
            {
                try
                {
                    nic.Write(0, 1);
                    Elsewhere.MayFail();
                    nic.Write(4, 2);
                }
                finally
                {
                    nic.Release();
                }
            }
        }
        """, "VPIO1010");

    [Test]
    public Task ABodyThatGivesAValueWaitsForTheGrab() => FixCase.Members<GrabAroundTouch>("""
        public uint Head() => {|VPIO1001:nic.Read(0)|};
        """, """
        public uint Head()
        {
            nic.Grab();
            try
            {
                return nic.Read(0);
            }
            finally
            {
                nic.Release();
            }
        }
        """, "VPIO1010");

    [Test]
    public Task AnEmbeddedStatementGetsItsOwnBlock() => FixCase.Members<GrabAroundTouch>("""
        public void Send(bool urgent)
        {
            if (urgent)
                {|VPIO1001:nic.Write(0, 1)|};
            else
                Elsewhere.Log();
        }
        """, """
        public void Send(bool urgent)
        {
            if (urgent)
            {
                if (nic.TryGrab())
                {
                    nic.Write(0, 1);
                    nic.Release();
                }
            }
            else
                Elsewhere.Log();
        }
        """);

    [Test]
    public Task WhatIsDeclaredStaysInScope() => FixCase.Members<GrabAroundTouch>("""
        public void Send()
        {
            uint head = {|VPIO1001:nic.Read(0)|};
            Elsewhere.Log();
            Console.Out.Flush();
            _ = head + 1;
        }
        """, """
        public void Send()
        {
            if (nic.TryGrab())
            {
                try
                {
                    uint head = nic.Read(0);
                    Elsewhere.Log();
                    Console.Out.Flush();
                    _ = head + 1;
                }
                finally
                {
                    nic.Release();
                }
            }
        }
        """, "VPIO1010");

    [Test]
    public Task ACallThatRequiresTheDeviceIsWrappedToo() => FixCase.Members<GrabAroundTouch>("""
        public void Send()
        {
            {|VPIO1017:Kick()|};
        }
        """, """
        public void Send()
        {
            if (nic.TryGrab())
            {
                Kick();
                nic.Release();
            }
        }
        """);

    [Test]
    public Task ALambdaIsWrappedInside() => FixCase.Members<GrabAroundTouch>("""
        public void Send()
        {
            Elsewhere.Keep(() => {|VPIO1001:nic.Write(0, 1)|});
        }
        """, """
        public void Send()
        {
            Elsewhere.Keep(() =>
            {
                if (nic.TryGrab())
                {
                    nic.Write(0, 1);
                    nic.Release();
                }
            });
        }
        """);

    [Test]
    public Task ADeviceThatMayBeNullIsTestedForThat() => FixCase.Members<GrabAroundTouch>("""
        public void Send(Nic? card)
        {
            {|VPIO1001:card?.Write(0, 1)|};
        }
        """, """
        public void Send(Nic? card)
        {
            if (card is not null && card.TryGrab())
            {
                card?.Write(0, 1);
                card.Release();
            }
        }
        """);

    [Test]
    public Task AllTouchesOfAFileAreWrapped() => FixCase.Members<GrabAroundTouch>("""
        public void One(bool first)
        {
            if (first)
                {|VPIO1001:nic.Write(0, 1)|};
            else
                {|VPIO1001:nic.Write(0, 2)|};
        }

        public void Two()
        {
            {|VPIO1001:nic.Write(0, {|VPIO1001:other.Read(0)|})|};
        }
        """, """
        public void One(bool first)
        {
            if (nic.TryGrab())
            {
                if (first)
                    nic.Write(0, 1);
                else
                    nic.Write(0, 2);
                nic.Release();
            }
        }

        public void Two()
        {
            if (nic.TryGrab())
            {
                if (other.TryGrab())
                {
                    nic.Write(0, other.Read(0));
                    other.Release();
                }

                nic.Release();
            }
        }
        """);

    [Test]
    public Task ATouchInALoopIsGrabbedInEachRound() => FixCase.Members<GrabAroundTouch>("""
        public void Send()
        {
            while (Elsewhere.More())
                {|VPIO1001:nic.Write(0, 1)|};
        }
        """, """
        public void Send()
        {
            while (Elsewhere.More())
            {
                if (nic.TryGrab())
                {
                    nic.Write(0, 1);
                    nic.Release();
                }
            }
        }
        """);

    [Test]
    public Task AnotherDeviceThanTheHeldOneIsGrabbedToo() => FixCase.Members<GrabAroundTouch>("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1022:other.Write(0, 1)|};
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            if (other.TryGrab())
            {
                other.Write(0, 1);
                other.Release();
            }

            nic.Release();
        }
        """);

    [Test]
    public Task ALoopThatNeverPollsIsLeftAlone() => FixCase.NotOffered<GrabAroundTouch>("""
        public void Send()
        {
            if ({|VPIO1001:nic.Read(0)|} != 0)
            {
                while (Elsewhere.More())
                    Elsewhere.Log();
            }
        }
        """);

    [Test]
    public Task NotWhereAReleaseFollowsThatWouldBeOneTooMany() => FixCase.NotOffered<GrabAroundTouch>("""
        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
            nic.Write(4, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task NotOnTheTypeThatAStaticMemberOfAHandleNames() => FixCase.NotOffered<GrabAroundTouch>("""
        public void Early()
        {
            using Scope scope = {|VPIO1017:Scope.Adopt(nic)|};
        }
        """);

    [Test]
    public Task ADelegateMayThrow() => FixCase.Members<GrabAroundTouch>(
        """
        private HeldAction hook = _ => { };

        public void Send()
        {
            {|VPIO1017:hook(nic)|};
        }
        """,
        """
        private HeldAction hook = _ => { };

        public void Send()
        {
            if (nic.TryGrab())
            {
                try
                {
                    hook(nic);
                }
                finally
                {
                    nic.Release();
                }
            }
        }
        """,
        "VPIO1010");
}
