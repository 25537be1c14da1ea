namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Answers that are carried from one round to the next, and out of the loop.</summary>
internal sealed class LoopAnswerTests
{
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
}
