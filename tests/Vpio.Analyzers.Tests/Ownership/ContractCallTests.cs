namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Calls of members with a contract are grabs, releases and answers like any other.</summary>
internal sealed class ContractCallTests
{
    private const string Members = """
        [Acquires(nameof(nic))] public void Begin() => nic.Grab();
        [Releases(nameof(nic))] public void End() => nic.Release();
        [TryAcquires(true, nameof(nic))] public bool TryBegin() => nic.TryGrab();
        [ReleasesWhen(true, nameof(nic))] public bool TryEnd() => nic.TryRelease();
        [Acquires(nameof(nic))] public Scope Open() => nic.Enter();

        """;

    [Test]
    public Task ASecondPromisedGrabIsReported() => OwnershipCase.Members(Members + """
        public void Send()
        {
            Begin();
            {|VPIO1004:Begin()|};
            End();
        }
        """);

    [Test]
    public Task APromisedReleaseOfWhatIsNotHeldIsReported() => OwnershipCase.Members(Members + """
        public void Send() => {|VPIO1006:End()|};

        public void Perhaps(bool held)
        {
            if (held)
                Begin();
            {|VPIO1007:End()|};
        }
        """);

    [Test]
    public Task APromisedAnswerThatIsDroppedIsReported() => OwnershipCase.Members(Members + """
        public void Send()
        {
            {|VPIO1011:TryBegin()|};
            nic.Write(0, 1);
            End();
        }
        """);

    [Test]
    public Task APromisedReleaseThatMayFailIsTested() => OwnershipCase.Members(Members + """
        public void Send()
        {
            Begin();
            while (!TryEnd())
                nic.Write(0, 1);
            {|VPIO1003:nic.Write(4, 1)|};
        }
        """);

    [Test]
    public Task APromisedScopeIsAScope() => OwnershipCase.Members(Members + """
        public void Send()
        {
            using Scope scope = Open();
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task AContractOfAnotherObjectIsAboutItsDevice() => OwnershipCase.Members(Members + """
        public void Send(Driver neighbour)
        {
            neighbour.Begin();
            neighbour.nic.Write(0, 1);
            {|VPIO1022:nic.Write(0, 1)|};
            neighbour.End();
        }
        """);

    [Test]
    public Task AContractOverTwoDevicesChangesBoth() => OwnershipCase.Members("""
        [Acquires(nameof(nic), nameof(other))] public void Begin()
        {
            nic.Grab();
            other.Grab();
        }

        [Releases(nameof(nic), nameof(other))] public void End()
        {
            other.Release();
            nic.Release();
        }

        public void Send()
        {
            Begin();
            other.Write(0, nic.Read(0));
            End();
            {|VPIO1003:other.Write(0, 1)|};
        }

        [Acquires(nameof(nic), nameof(other))] public void {|VPIO1021:Half|}() => nic.Grab();
        """);

    [Test]
    public Task AnAnswerThatPromisesByAnOutHandleIsKept() => OwnershipCase.Members("""
        [TryAcquires(true, nameof(nic))] public bool TryOpen([Owns, NotNullWhen(true)] out Lease? lease) => nic.TryGrab(out lease);

        public void Send()
        {
            if (!TryOpen(out Lease? lease))
                return;
            lease.Write(0, 1);
            nic.Write(4, 1);
            lease.Dispose();
        }
        """);

    [Test]
    public Task AGrabUnderAContractThatExcludesIsFine() => OwnershipCase.Members("""
        [Excludes(nameof(nic))] public void Turn()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }

        [RequiresHeld(nameof(nic))] public void Wrong()
        {
            {|VPIO1019:Turn()|};
        }

        [RequiresHeld(nameof(nic))] public void Twice() => {|VPIO1004:nic.Grab()|};
        """);

    [Test]
    public Task AnOperatorWithOneOperandIsACallEvenWhereNothingElseIsSaidOfDevices() => OwnershipCase.Members("""
        public sealed class Channel
        {
            public readonly Nic Nic = new();
            [RequiresHeld("channel.Nic")] public static extern Channel operator -(Channel channel);
            [RequiresHeld("channel.Nic")] public static extern explicit operator uint(Channel channel);
            [RequiresHeld("channel.Nic")] public static extern Channel operator ++(Channel channel);
        }

        public void Negate(Channel channel) => _ = {|VPIO1017:-channel|};

        public void Convert(Channel channel) => _ = {|VPIO1017:(uint)channel|};

        public void Count(Channel channel) => {|VPIO1017:channel++|};

        public void Wait()
        {
            [{|VPIO1021:RequiresHeld("nic")|}]
            async Task Later(Nic nic) => await Task.Yield();
        }
        """);
}
