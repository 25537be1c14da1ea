namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Loops under a hold that somebody else grabbed, or that touch nothing.</summary>
internal sealed class HeldLoopTests
{
    private const string Polls = "VPIO1023";

    [Test]
    public Task ALoopThatTouchesNothingKeepsTheDeviceAllTheSame() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1023:while|} (More())
                Log();
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task ALoopUnderAHoldOfTheCallerPollsToo() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic))] public void Drain()
        {
            {|VPIO1023:while|} (More())
                nic.Write(0, 1);
        }
        """, Polls);

    [Test]
    public Task ALoopInAPrivateMemberUnderAHoldPollsToo() => OwnershipCase.Members("""
        private void Drain()
        {
            {|VPIO1023:while|} (More())
                nic.Write(0, 1);
        }

        public void Send()
        {
            nic.Grab();
            Drain();
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task ALoopWithoutAHoldNeedsNoPoll() => OwnershipCase.Members("""
        public void Send()
        {
            while (More())
                Log();
            foreach (Nic card in nics)
                Show(card);
        }
        """, Polls);

    [Test]
    public Task EachOfTwoNestedLoopsPollsForItself() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            while (More() && !nic.Wanted)
            {
                {|VPIO1023:while|} (Flip())
                    nic.Write(0, 1);
            }
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task QuiescingWhenThePollSaysSoIsTheWayOut() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            while (!nic.Wanted)
                nic.Write(0, 1);
            nic.Quiesce();
            nic.Release();
        }

        public void Stubborn()
        {
            nic.Grab();
            while (!nic.Wanted)
                nic.Write(0, 1);
            {|VPIO1024:nic.Write(4, 1)|};
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task APublicMemberThatPollsIsAPoll() => OwnershipCase.Members("""
        [Polls] public extern void Breathe();

        public void Send()
        {
            nic.Grab();
            while (More())
            {
                nic.Write(0, 1);
                Breathe();
            }
            nic.Release();
        }
        """, Polls);
}
