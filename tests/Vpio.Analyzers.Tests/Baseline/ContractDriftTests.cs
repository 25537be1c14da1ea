namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Ownership contracts that other assemblies see are held to what is recorded of them.</summary>
internal sealed class ContractDriftTests
{
    [Test]
    public Task WhatIsRecordedIsSilent() => BaselineCase.Check("""
        namespace Cards;
        public enum Answer { Busy, Granted }
        [ScopedOwnership(Inverse = true), NonCopyable] public ref struct Pause { [Acquires] public void Dispose() { } }
        public class Nic
        {
            [NoThrow] public Nic() { }
            [TryAcquires(Answer.Granted), NoThrow] public Answer Ask([Owns] out object? lease) { lease = null; return default; }
            [NoThrow, RequiresHeld(nameof(other), "this.a", Shared = true)] protected void Move([NoEscape] Nic other) { }
            [Polls, RevokedWhen(true)] public bool Wanted { [NoThrow] get; [NoThrow] set; }
            [RequiresHeld] public uint this[int offset] { [NoThrow] get => 0; }
            [RequiresHeld] public event EventHandler Tick { add { } [NoThrow] remove { } }
            [Owns, GrabBefore(nameof(Right))] public readonly Nic? Left;
            public readonly Nic? Right;
            [return: CallerOwns] public object Open() => this;
        }
        [RequiresHeld("nic")] public delegate void Handler([NoEscape] Nic nic);
        """, """
        contract T:Cards.Handler RequiresHeld("nic"); nic: NoEscape
        contract M:Cards.Nic.#ctor NoThrow
        contract M:Cards.Nic.Ask(System.Object@) NoThrow, TryAcquires(Cards.Answer.Granted); lease: Owns
        contract P:Cards.Nic.Item(System.Int32) RequiresHeld; get: NoThrow
        contract F:Cards.Nic.Left GrabBefore("Right"), Owns
        contract M:Cards.Nic.Move(Cards.Nic) NoThrow, RequiresHeld("other", "this.a", Shared = true); other: NoEscape
        contract M:Cards.Nic.Open return: CallerOwns
        contract E:Cards.Nic.Tick RequiresHeld; remove: NoThrow
        contract P:Cards.Nic.Wanted Polls, RevokedWhen(true); get: NoThrow; set: NoThrow
        contract T:Cards.Pause NonCopyable, ScopedOwnership(Inverse = true)
        contract M:Cards.Pause.Dispose Acquires
        """);

    [Test]
    public Task AContractIsReportedThatIsNotRecorded() => BaselineCase.Check("""
        [ScopedOwnership] public ref struct {|VPIO2005:Scope|} { [Releases] public void {|VPIO2005:Dispose|}() { } }
        public interface INic { [Acquires] void {|VPIO2005:Grab|}(); void Look(); }
        """);

    [TestCase("[TryAcquires(true)]")]
    [TestCase("[TryAcquires(false), NoThrow]")]
    [TestCase("[TryAcquires(true, \"x\"), NoThrow]")]
    [TestCase("[TryAcquires(true), NoThrow, Quiesce]")]
    [TestCase("[TryAcquires(true), NoThrow] [return: CallerOwns]")]
    public Task AContractThatChangedIsReported(string attributes) => BaselineCase.Check($$"""
        public class Nic { {{attributes}} public bool {|VPIO2005:TryGrab|}() => true; }
        """, "", "contract M:Nic.TryGrab NoThrow, TryAcquires(true)");

    [Test]
    public Task TheOrderOfAttributesDoesNotCount() => BaselineCase.Check("""
        public class Nic { [NoThrow] [TryAcquires(true)] public bool TryGrab() => true; [TryAcquires(true), NoThrow] public bool TryHold() => true; }
        """, "contract M:Nic.TryGrab NoThrow, TryAcquires(true)\ncontract M:Nic.TryHold NoThrow, TryAcquires(true)");

    [Test]
    public Task OverloadsAreToldApart() => BaselineCase.Check("""
        public class Nic
        {
            [Acquires] public void Grab() { }
            [Acquires] public void Grab(int timeoutMs) { }
            [Acquires] public void {|VPIO2005:Grab|}<T>(T[] marks, in Nic other) { }
            [NoThrow] public static implicit operator int(Nic nic) => 0;
            [NoThrow] public static implicit operator {|VPIO2005:long|}(Nic nic) => 0;
        }
        """, """
        contract M:Nic.Grab Acquires
        contract M:Nic.Grab(System.Int32) Acquires
        contract M:Nic.Grab``1(``0[],Nic@) NoThrow
        contract M:Nic.op_Implicit(Nic)~System.Int32 NoThrow
        """);

    [Test]
    public Task GenericAndNestedTypesHaveContracts() => BaselineCase.Check("""
        public class Card<T>
        {
            public class Queue<U> { [RequiresHeld] public void Post(T item, System.Collections.Generic.List<U> more) { } }
            protected class Ring { [RequiresHeld] public void {|VPIO2005:Turn|}() { } }
        }
        """, "contract M:Card`1.Queue`1.Post(`0,System.Collections.Generic.List{`1}) RequiresHeld");

    [Test]
    public Task WhatNobodyElseSeesNeedsNoLine() => BaselineCase.Check("""
        public class Nic
        {
            [Acquires] internal void Grab() { }
            [Acquires] private protected void Hold() { }
            [Owns] private object? _lease;
            private class Inner { [Acquires] public void Grab() { } }
        }
        internal class Hidden { [Acquires] public void Grab() { } public class Deep { [Acquires] public void Grab() { } } }
        public interface INic { void Grab(); }
        public class Explicit : INic { [Acquires] void INic.Grab() { } }
        """);

    [Test]
    public Task AnOptOutIsNoContract() => BaselineCase.Check("""
        public class Nic { [NoOwnershipCheck("The port grabs.")] public void Grab() { } }
        """);

    [Test]
    public Task NullableAnnotationsDoNotCount() => BaselineCase.Check("""
        public class Nic
        {
            [return: CallerOwns] public object? Open(string? name) => name;
            [return: CallerOwns] public object Close(System.Collections.Generic.List<string?> names) => names;
        }
        """, """
        contract M:Nic.Close(System.Collections.Generic.List{System.String}) return: CallerOwns
        contract M:Nic.Open(System.String) return: CallerOwns
        """);

    [Test]
    public Task PartialMembersHaveTheAttributesOfBothParts() => BaselineCase.Check("""
        public partial class Nic { [Acquires] public partial void Grab(int timeoutMs); }
        public partial class Nic { [NoThrow] public partial void Grab([NoEscape] int timeoutMs) { } }
        """, "contract M:Nic.Grab(System.Int32) Acquires, NoThrow; timeoutMs: NoEscape");

    [Test]
    public Task PrimaryConstructorsAndRecordsHaveContracts() => BaselineCase.Check("""
        public sealed record Hold([OwnershipAlias] object Nic);
        public sealed class {|VPIO2005:Keep|}([OwnershipAlias] object nic) { public object Nic => nic; }
        """, "contract M:Hold.#ctor(System.Object) Nic: OwnershipAlias");

    [Test]
    public Task AMessageSaysThatCallersWereCompiledAgainstTheOldContract() => BaselineCase.Says(
        "'contract M:Nic.Grab NoThrow' has changed since it was shipped as 'Acquires': callers were compiled against the old contract, so put it back and add a member, or record the change in a new major version",
        "public class Nic { [NoThrow] public void {|#0:Grab|}() { } }",
        shipped: "contract M:Nic.Grab Acquires");
}
