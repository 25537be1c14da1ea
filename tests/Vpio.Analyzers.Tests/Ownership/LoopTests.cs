namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Loops: what one round leaves is what the next one finds.</summary>
internal sealed class LoopTests
{
    [Test]
    public Task ARoundThatGivesBackWhatItGrabbedIsFine() => OwnershipCase.Members("""
        public void Serve()
        {
            while (More())
            {
                nic.Grab();
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AContinuePastTheGrabSpoilsTheNextRoundAndTheEnd() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            while (More())
            {
                {|VPIO1007:nic.Release()|};
                if (Chance())
                    continue;
                nic.Grab();
            }
            {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task ABreakPastTheGrabSpoilsTheEndOnly() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            for (;;)
            {
                nic.Release();
                if (Chance())
                    break;
                nic.Grab();
                if (!More())
                    break;
            }
            {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task AReleaseInEachRoundIsDoubtful() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            do
            {
                {|VPIO1007:nic.Release()|};
            }
            while (More());
        }
        """);

    [Test]
    public Task AGrabInEachRoundIsDoubtful() => OwnershipCase.Members("""
        public void Serve()
        {
            do
                {|VPIO1005:nic.Grab()|};
            while (More());
            nic.Release();
        }
        """);

    [Test]
    public Task SpinningUntilTheGrabSucceedsLeavesItHeld() => OwnershipCase.Members("""
        public void Serve()
        {
            while (true)
            {
                if (nic.TryGrab())
                    break;
                Thread.Yield();
            }
            nic.Write(0, 1);
            nic.Release();
        }

        public void Wait()
        {
            while (!nic.TryGrab())
                Log();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AnAnswerIsCarriedOutOfItsLoop() => OwnershipCase.Members("""
        public void Serve()
        {
            bool granted = false;
            for (int attempt = 0; attempt < 5 && !granted; attempt++)
                granted = nic.TryGrab();
            if (!granted)
                return;
            nic.Write(0, 1);
            nic.Release();
        }

        public void Insist()
        {
            bool granted;
            do
                granted = nic.TryGrab();
            while (!granted);
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task ABreakWithTheHoldIsALeakOnSomeWay() => OwnershipCase.Members("""
        public void Serve()
        {
            bool granted = false;
            while (More())
            {
                granted = {|VPIO1009:nic.TryGrab()|};
                if (granted)
                {
                    nic.Write(0, 1);
                    break;
                }
            }
        }
        """);

    [Test]
    public Task AnAnswerThatWasUsedUpProvesNothingBehindALoopThatMayNotRun() => OwnershipCase.Members("""
        public void Serve()
        {
            bool granted = nic.TryGrab();
            if (granted)
            {
                nic.Write(0, 1);
                nic.Release();
            }
            while (!granted)
                granted = nic.TryGrab();
            {|VPIO1002:nic.Write(4, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task AGrabInTheConditionIsHeldInTheNextRound() => OwnershipCase.Members("""
        public void Serve(int rounds)
        {
            nic.Grab();
            do
            {
                nic.Write(0, (uint)rounds);
                nic.Release();
            }
            while (rounds-- > 0 && nic.TryGrab());
        }
        """);

    [Test]
    public Task AFlagThatIsSetBackWithTheReleaseKeepsItsMeaning() => OwnershipCase.Members("""
        public void Serve()
        {
            bool mine = false;
            while (More())
            {
                if (mine)
                {
                    nic.Release();
                    mine = false;
                }
                else
                {
                    mine = nic.TryGrab();
                }
            }
            if (mine)
                nic.Release();
        }
        """);

    [Test]
    public Task ABreakWithTheHoldAndAReleaseBehindTheLoopBalance() => OwnershipCase.Members("""
        public void Serve()
        {
            while (true)
            {
                nic.Grab();
                if (Flip())
                    break;
                nic.Release();
            }
            nic.Release();
        }
        """);
}
