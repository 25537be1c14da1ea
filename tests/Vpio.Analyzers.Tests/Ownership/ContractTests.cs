namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Contracts between members: what a call demands and changes, and that bodies keep them.</summary>
internal sealed class ContractTests
{
    [Test]
    public Task ACallThatRequiresTheDeviceIsReportedWithoutIt() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic))] public void Post() => nic.Write(0, 1);

        public void Send() => {|VPIO1017:Post()|};

        public void Perhaps()
        {
            if (Chance())
                nic.Grab();
            {|VPIO1018:Post()|};
            nic.Release();
        }

        public void Right()
        {
            nic.Grab();
            Post();
            nic.Release();
        }

        public void Late()
        {
            nic.Grab();
            nic.Release();
            {|VPIO1017:Post()|};
        }
        """);

    [Test]
    public Task ARequirementNamesTheArgument() => OwnershipCase.Members("""
        [RequiresHeld(nameof(card))] public static void Post(Nic card) => card.Write(0, 1);

        public void Send()
        {
            nic.Grab();
            Post(nic);
            {|VPIO1022:Post(other)|};
            nic.Release();
        }
        """);

    [Test]
    public Task ARequirementOnAParameterIsReportedAtTheArgument() => OwnershipCase.Members("""
        public static void Post([RequiresHeld] Nic card) => card.Write(0, 1);

        public void Send()
        {
            Post({|VPIO1017:nic|});
            nic.Grab();
            Post(nic);
            nic.Release();
        }
        """);

    [Test]
    public Task ABodyThatGivesAwayWhatItRequiresBreaksItsContract() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic))] public void {|VPIO1021:Post|}()
        {
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task ABodyMayOpenAWindowOnlyWhenItSaysSo() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic)), MayRevoke] public void Breathe()
        {
            nic.Release();
            nic.Grab();
        }

        [RequiresHeld(nameof(nic))] public void {|VPIO1021:Secretly|}()
        {
            nic.Release();
            nic.Grab();
        }
        """);

    [Test]
    public Task APromisedReleaseIsKeptOnEveryWay() => OwnershipCase.Members("""
        [Releases(nameof(nic))] public void Finish()
        {
            nic.Quiesce();
            nic.Release();
        }

        [Releases(nameof(nic))] public void {|VPIO1021:Never|}() => nic.Write(0, 1);

        [Releases(nameof(nic))] public void {|VPIO1021:Sometimes|}(bool now)
        {
            if (now)
                nic.Release();
        }
        """);

    [Test]
    public Task APromisedGrabIsKept() => OwnershipCase.Members("""
        [Acquires(nameof(nic))] public void Begin()
        {
            nic.Grab();
            nic.Write(0, 1);
        }

        [Acquires(nameof(nic))] public void {|VPIO1021:Pretend|}() { }
        """);

    [Test]
    public Task CallersLiveByTheContract() => OwnershipCase.Members("""
        [Acquires(nameof(nic))] public void Begin() => nic.Grab();
        [Releases(nameof(nic))] public void End() => nic.Release();

        public void Send()
        {
            Begin();
            nic.Write(0, 1);
            End();
        }

        public void Forget() => {|VPIO1008:Begin()|};

        public void Late()
        {
            Begin();
            End();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task APromisedAnswerIsTheAnswerOfTheBody() => OwnershipCase.Members("""
        [TryAcquires(true, nameof(nic))] public bool TryBegin() => nic.TryGrab();
        [TryAcquires(false, nameof(nic))] public bool Refused() => !nic.TryGrab();
        [TryAcquires(true, nameof(nic))] public bool {|VPIO1021:Reversed|}() => !nic.TryGrab();
        [TryAcquires(true, nameof(nic))] public bool {|VPIO1021:Invented|}() => true;

        public void Send()
        {
            if (Refused())
                return;
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AnExcludedDeviceMustNotBeHeld() => OwnershipCase.Members("""
        public void Restart()
        {
            nic.Grab();
            {|VPIO1019:Reset()|};
            nic.Release();
        }

        public void Perhaps(bool held)
        {
            if (held)
                nic.Grab();
            {|VPIO1020:Reset()|};
            if (held)
                nic.Release();
        }

        public void Right()
        {
            nic.Grab();
            nic.Release();
            Reset();
        }
        """);

    [Test]
    public Task ASharedRequirementIsMetByEitherHold() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic), Shared = true)] public uint Status() => nic.Read(0);
        [RequiresHeld(nameof(nic), Shared = true)] public void Cheat() => {|VPIO1017:nic.Write(0, 1)|};

        public void Look()
        {
            nic.Observe();
            Status();
            nic.Release();
            nic.Grab();
            Status();
            nic.Release();
        }
        """);
}
