namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Polls: a long loop under ownership looks in each round whether the device is wanted back.</summary>
internal sealed class PollTests
{
    private const string Polls = "VPIO1023";

    [Test]
    public Task ALoopThatNeverPollsIsReportedAtItsKeyword() => OwnershipCase.Members("""
        public void While()
        {
            nic.Grab();
            {|VPIO1023:while|} (More())
                nic.Write(0, 1);
            nic.Release();
        }

        public void Do()
        {
            nic.Grab();
            {|VPIO1023:do|}
                nic.Write(0, 1);
            while (More());
            nic.Release();
        }

        public void For(int count)
        {
            nic.Grab();
            {|VPIO1023:for|} (int i = 0; i < count; i++)
                nic.Write(i, 0);
            nic.Release();
        }

        public void Each(uint[] words)
        {
            nic.Grab();
            {|VPIO1023:foreach|} (uint word in words)
                nic.Write(0, word);
            nic.Release();
        }

        public void Ever()
        {
            nic.Grab();
            {|VPIO1023:while|} (true)
            {
                nic.Write(0, 1);
                if (Flip())
                    break;
            }
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task ALoopThatPollsAndLeavesIsFine() => OwnershipCase.Members("""
        public void Condition()
        {
            nic.Grab();
            while (More() && !nic.Wanted)
                nic.Write(0, 1);
            nic.Release();
        }

        public void Break()
        {
            nic.Grab();
            while (More())
            {
                if (nic.Wanted)
                    break;
                nic.Write(0, 1);
            }
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task APollThatSomeRoundsMissIsNotEnough() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1023:while|} (More())
            {
                if (Flip())
                    continue;
                if (nic.Wanted)
                    break;
                nic.Write(0, 1);
            }
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task APollWhoseAnswerIsDroppedIsReportedAsThat() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            while (More())
            {
                _ = {|VPIO1011:nic.Wanted|};
                nic.Write(0, 1);
            }
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task ARoundThatGivesTheDeviceBackNeedsNoPoll() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            while (More())
            {
                nic.Write(0, 1);
                nic.Release();
                nic.Grab();
            }
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task APrivateMemberMayPollForTheLoop() => OwnershipCase.Members("""
        private bool Stopping() => nic.Wanted;

        public void Send()
        {
            nic.Grab();
            while (More() && !Stopping())
                nic.Write(0, 1);
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task RecursionIsALoopToo() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic))] public void {|VPIO1023:Walk|}(Link at)
        {
            nic.Write(0, 1);
            if (at.Next is { } next)
                Walk(next);
        }
        """, Polls);

    [Test]
    public Task OnlyTheInnerLoopIsUnderTheHold() => OwnershipCase.Members("""
        public void Send()
        {
            while (true)
            {
                nic.Grab();
                {|VPIO1023:while|} (More())
                    nic.Write(0, 1);
                nic.Release();
            }
        }
        """, Polls);

    [Test]
    public Task GrabWorkOnABatchGiveBackIsTheModel() => OwnershipCase.Members("""
        public void Serve()
        {
            while (More())
            {
                using Scope scope = nic.TryEnter();
                if (!scope.Granted)
                {
                    Log();
                    continue;
                }
                for (int i = 0; i < 8 && More() && !nic.Wanted; i++)
                    Kick();
            }
        }
        """, Polls);

    [Test]
    public Task RecursionThatPollsFirstIsNoEndlessHold() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic))]
        public void Walk(Link link)
        {
            if (nic.Wanted)
                return;
            nic.Write(0, 1);
            if (link.Next is { } next)
                Walk(next);
        }

        [RequiresHeld(nameof(nic))]
        public void {|VPIO1023:Hurry|}(Link link)
        {
            if (Flip() && nic.Wanted)
                return;
            if (link.Next is { } next)
                Hurry(next);
        }

        public void Send(Link link)
        {
            nic.Grab();
            Own(link);
            nic.Release();
        }

        private void {|VPIO1023:Own|}(Link link)
        {
            nic.Write(0, 1);
            if (link.Next is { } next)
                Own(next);
        }
        """, Polls);

    [Test]
    public Task AHelperThatPollsOnlyAtTimesIsNoPoll() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1023:while|} (More())
                Tick();
            nic.Release();
        }

        public void SendUntil()
        {
            nic.Grab();
            while (More() && !Stop())
                nic.Write(0, 1);
            nic.Release();
        }

        private void Tick()
        {
            if (Flip() && nic.Wanted)
                Log();
        }

        private bool Stop() => nic.Wanted;
        """, Polls);

    [Test]
    public Task AnAnswerThatIsAskedAgainInTheLoopIsTestedByItsCondition() => OwnershipCase.Members("""
        public void Send(int count)
        {
            nic.Grab();
            bool stop = nic.Wanted;
            for (int i = 0; i < count && !stop; i++)
            {
                nic.Write(i, 1);
                stop = nic.Wanted;
            }

            nic.Release();
        }
        """, Polls);
}
