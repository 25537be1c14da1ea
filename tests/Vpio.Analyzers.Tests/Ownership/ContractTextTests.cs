namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>The attributes themselves: what they stand on, and that their text names something.</summary>
internal sealed class ContractTextTests
{
    [Test]
    public Task APathThatNamesNothingIsReportedInTheAttribute() => OwnershipCase.Members("""
        [RequiresHeld({|VPIO1021:"nik"|})] public void Misspelt() { }
        [RequiresHeld({|VPIO1021:"nic.Parent"|})] public void Half() { }
        [Acquires({|VPIO1021:"nobody"|})] public void Take() { }
        [Releases({|VPIO1021:"nobody"|})] public void Give() { }
        [Excludes({|VPIO1021:"nobody"|})] public void Avoid() { }
        [TryAcquires(true, {|VPIO1021:"nobody"|})] public bool Try() => false;
        """);

    [Test]
    public Task ADottedPathIsFollowedMemberByMember() => OwnershipCase.Members("""
        public readonly Link head = new();

        [RequiresHeld("head.Nic")] public void Post() => head.Nic.Write(0, 1);

        public void Send()
        {
            {|VPIO1017:Post()|};
            head.Nic.Grab();
            Post();
            head.Nic.Release();
        }
        """);

    [Test]
    public Task OneRequirementMayNameTwoDevices() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic), nameof(other))] public void Copy() => other.Write(0, nic.Read(0));

        public void Right()
        {
            nic.Grab();
            other.Grab();
            Copy();
            other.Release();
            nic.Release();
        }
        """);

    [Test]
    public Task EventsPropertiesIndexersAndOperatorsCarryContracts() => OwnershipCase.Members("""
        public sealed class Channel
        {
            public readonly Nic Card = new();
            [RequiresHeld(nameof(Card))] public event Action? Drained;
            [RequiresHeld(nameof(Card))] public extern uint Tail { get; set; }
            [RequiresHeld(nameof(Card))] public extern uint this[string name] { get; }
            [RequiresHeld("channel.Card")] public static extern Channel operator -(Channel channel, uint value);
        }

        public void Subscribe(Channel channel) => {|VPIO1017:channel.Drained|} += Log;
        public void Advance(Channel channel) => {|VPIO1017:channel.Tail|} = 4;
        public uint Look(Channel channel) => {|VPIO1017:channel["rx"]|};
        public Channel Take(Channel channel) => {|VPIO1017:channel - 1u|};

        public void Right(Channel channel)
        {
            channel.Card.Grab();
            channel.Tail = channel["rx"];
            channel.Drained += Log;
            channel.Card.Release();
        }
        """);

    [Test]
    public Task AnAssertionThatAssertsNothingBreaksItsContract() => OwnershipCase.Members("""
        [AssertsHeld] public void {|VPIO1021:Claim|}() { }
        """);

    [Test]
    public Task AMemberThatRunsLaterPromisesNothing() => OwnershipCase.Members("""
        [{|VPIO1021:RequiresHeld(nameof(nic))|}] public async Task SendAsync()
        {
            nic.Write(0, 1);
            await Later();
        }

        [{|VPIO1021:RequiresHeld(nameof(nic))|}] public IEnumerable<int> All()
        {
            yield return 1;
        }
        """);
}
