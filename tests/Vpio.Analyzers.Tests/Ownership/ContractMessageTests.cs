using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>What the rules about handles, contracts and orders say, word for word.</summary>
internal sealed class ContractMessageTests
{
    [Test]
    public Task AnEscape() => Says("VPIO1015", "This view or handle of 'nic' may outlive the hold: keep it on the stack, and pass it to parameters that are [NoEscape] only", """
        public void Send()
        {
            nic.Grab();
            Store({|#0:nic.Map(0, 4)|});
            nic.Release();
        }
        """);

    [Test]
    public Task ACopy() => Says("VPIO1016", "A 'Scope' must not be copied, or two would release one hold: pass it by reference", """
        public void Send()
        {
            using Scope scope = nic.Enter();
            Scope twin = {|#0:scope|};
        }
        """);

    [TestCase("Log();", "This requires 'nic' to be held, and it was not grabbed: grab it before, or hand the requirement on with [RequiresHeld]")]
    [TestCase("nic.Grab(); nic.Release();", "This requires 'nic' to be held, and it was released before: move the release behind it, or grab again")]
    public Task ARequirement(string before, string text) => Says("VPIO1017", text, $$"""
        public void Send()
        {
            {{before}}
            {|#0:Kick()|};
        }
        """);

    [Test]
    public Task ARequirementOfMoreThanAnObserver() => Says("VPIO1017", "This requires 'nic' to be held, and it is only observed: grab it before, or hand the requirement on with [RequiresHeld]", """
        public void Send()
        {
            nic.Observe();
            {|#0:Kick()|};
            nic.Release();
        }
        """);

    [Test]
    public Task ADoubtfulRequirement() => Says("VPIO1018", "This requires 'nic' to be held, and on some path it was not grabbed: make sure of it on every path that leads here", """
        public void Send()
        {
            if (Chance())
                nic.Grab();
            {|#0:Kick()|};
            nic.Release();
        }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task AnExclusion() => Says("VPIO1019", "This must not run while 'nic' is held: release it before", """
        public void Send()
        {
            nic.Grab();
            {|#0:Reset()|};
            nic.Release();
        }
        """);

    [Test]
    public Task ADoubtfulExclusion() => Says("VPIO1020", "This must not run while 'nic' is held, and it may be: release it on every path that leads here", """
        public void Send()
        {
            bool held = nic.TryGrab();
            {|#0:Reset()|};
            if (held)
                nic.Release();
        }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task APathThatNamesNothing() => Says("VPIO1021", "'nik' names no parameter and no member: name a device that this member can reach", """
        [RequiresHeld({|#0:"nik"|})] public void Send() { }
        """);

    [Test]
    public Task AMemberThatRunsLater() => Says("VPIO1021", "[RequiresHeld] cannot be kept by an async member or an iterator, whose body runs later: move it to a member that runs when it is called", """
        [{|#0:RequiresHeld(nameof(nic))|}] public async Task SendAsync() => await Later();
        """);

    [Test]
    public Task TheWrongDevice() => Says("VPIO1022", "'nic' is not held, but 'other' is: use 'other', or grab 'nic'", """
        public void Send()
        {
            other.Grab();
            {|#0:nic.Write(0, 1)|};
            other.Release();
        }
        """);

    [Test]
    public Task ALoopThatNeverPolls() => Says("VPIO1023", "'nic' is held through every round and nobody looks whether it is wanted back: poll in each round, and leave when it is", """
        public void Send()
        {
            nic.Grab();
            {|#0:while|} (More())
                nic.Write(0, 1);
            nic.Release();
        }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task ATouchThoughAStopIsKnown() => Says("VPIO1024", "'nic' is wanted back or may be lost already: only quiesce and release it here, or check again that it is held", """
        public void Send()
        {
            nic.Grab();
            if (nic.Wanted)
                {|#0:nic.Write(0, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task AWeakerOverride() => Says("VPIO1025", "'ToString' demands more, or promises less, than the member that it stands for: give both the same ownership attributes", """
        [RequiresHeld(nameof(nic))] public override string {|#0:ToString|}() => "";
        """);

    [Test]
    public Task ALostContract() => Says("VPIO1026", "Callers of the delegate cannot see what 'Kick' demands: use a delegate type with the same attribute", """
        public void Send() => Keep({|#0:Kick|});
        """);

    [Test]
    public Task AStaleValue() => Says("VPIO1027", "'tail' was read before the device was given away, and may have changed: read it again", """
        public void Send()
        {
            nic.Grab();
            uint tail = nic.Read(4);
            nic.Release();
            nic.Grab();
            nic.Write(4, {|#0:tail|});
            nic.Release();
        }
        """, DiagnosticSeverity.Info);

    [Test]
    public Task AConflictingOrder() => Says("VPIO1028", "'outer' is to be grabbed before 'inner', which is held: swap the two grabs", """
        [GrabBefore(nameof(inner))] public readonly Nic outer = new();
        public readonly Nic inner = new();

        public void Send()
        {
            inner.Grab();
            {|#0:outer.Grab()|};
            outer.Release();
            inner.Release();
        }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task AnOptOutWithoutAReason() => Says("VPIO1029", "'NoOwnershipCheck' switches the checks off: say why in its argument", """
        [{|#0:NoOwnershipCheck("")|}] public void Boot() { }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task AnUncheckedAccessWithoutAReason() => Says("VPIO1029", "'Unchecked' switches the checks off: say why in its argument", """
        public void Boot() => {|#0:Ownership.Unchecked(nic, "")|}.Write(0, 1);
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task ASuppressionWithoutAReason() => Says("VPIO1029", "'SuppressMessage' switches the checks off: say why in its Justification", """
        [{|#0:SuppressMessage("Ownership", "VPIO1001")|}] public void Boot() => nic.Write(0, 1);
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task APragmaWithoutAReason() => Says("VPIO1029", "'#pragma warning disable VPIO1001' switches the checks off: say why in a comment behind it", """
        #pragma warning disable {|#0:VPIO1001|}
        public void Boot() => nic.Write(0, 1);
        """, DiagnosticSeverity.Warning);

    private static Task Says(string id, string text, string members, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        OwnershipCase.Says(members, new DiagnosticResult(id, severity).WithLocation(0).WithMessage(text).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
}
