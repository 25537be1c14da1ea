namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Overrides: whoever calls through the base knows only what the base says.</summary>
internal sealed class OverrideTests
{
    private const string Base = """
        #pragma warning disable CS0626
        public abstract class Port
        {
            protected readonly Nic nic = new();
            public virtual void Go() { }
            [RequiresHeld(nameof(nic))] public virtual void Post() => nic.Write(0, 1);
            [Acquires(nameof(nic))] public virtual void Begin() => nic.Grab();
            [Releases(nameof(nic))] public abstract void End();
            [RequiresHeld(nameof(nic))] public virtual uint Tail => nic.Read(4);
        }

        """;

    [Test]
    public Task AnAddedRequirementIsReported() => OwnershipCase.File(Base + """
        public abstract class Fast : Port
        {
            [RequiresHeld(nameof(nic))] public override void {|VPIO1025:Go|}() => nic.Write(0, 1);
        }
        """);

    [Test]
    public Task ADroppedRequirementIsFine() => OwnershipCase.File(Base + """
        public abstract class Idle : Port
        {
            public override void Post() { }
            public override uint Tail => 0;
        }
        """);

    [Test]
    public Task ARequirementIsNotInherited() => OwnershipCase.File(Base + """
        public abstract class Fast : Port
        {
            public override void Post() => {|VPIO1001:nic.Write(4, 1)|};
        }
        """);

    [Test]
    public Task ADroppedGrabIsReported() => OwnershipCase.File(Base + """
        public abstract class Lazy : Port
        {
            public override void {|VPIO1025:Begin|}() { }
        }
        """);

    [Test]
    public Task ADroppedReleaseIsReported() => OwnershipCase.File(Base + """
        public sealed class Keeper : Port
        {
            public override void {|VPIO1025:End|}() { }
        }
        """);

    [Test]
    public Task AnAddedLossIsReported() => OwnershipCase.File(Base + """
        public abstract class Breather : Port
        {
            [RequiresHeld(nameof(nic)), MayRevoke] public override void {|VPIO1025:Post|}()
            {
                nic.Release();
                nic.Grab();
            }
        }
        """);

    [Test]
    public Task TheSameContractIsFine() => OwnershipCase.File(Base + """
        public sealed class Plain : Port
        {
            [RequiresHeld(nameof(nic))] public override void Post() => nic.Write(4, 1);
            [Acquires(nameof(nic))] public override void Begin() => nic.Grab();
            [Releases(nameof(nic))] public override void End() => nic.Release();
        }
        """);

    [Test]
    public Task ACallThroughTheBaseIsHeldToWhatTheBaseSays() => OwnershipCase.File(Base + """
        public abstract class Caller : Port
        {
            public void Send() => {|VPIO1017:Post()|};

            public void Right()
            {
                Begin();
                Post();
                End();
            }
        }
        """);

    [Test]
    public Task AnAddedExclusionIsReported() => OwnershipCase.File(Base + """
        public abstract class Exclusive : Port
        {
            [Excludes(nameof(nic))] public override void {|VPIO1025:Go|}() { }
        }
        """);
}
