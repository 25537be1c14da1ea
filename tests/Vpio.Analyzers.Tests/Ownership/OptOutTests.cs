namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Opt-outs: with a reason, or not at all.</summary>
internal sealed class OptOutTests
{
    [Test]
    public Task AMemberWithAReasonIsNotChecked() => OwnershipCase.Members("""
        [NoOwnershipCheck("runs before any guest exists")] public void Boot()
        {
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AReasonMustSaySomething() => OwnershipCase.Members("""
        [{|VPIO1029:NoOwnershipCheck("")|}] public void Empty() { }
        [{|VPIO1029:NoOwnershipCheck("   ")|}] public void Blank() { }
        """);

    [Test]
    public Task OneAccessMayBeLeftUnchecked() => OwnershipCase.Members("""
        public void Boot()
        {
            Ownership.Unchecked(nic, "runs before any guest exists").Write(0, 1);
            {|VPIO1001:nic.Write(4, 1)|};
        }
        """);

    [Test]
    public Task OneUncheckedAccessNeedsAReasonToo() => OwnershipCase.Members("""
        public void Boot() => {|VPIO1029:Ownership.Unchecked(nic, "")|}.Write(0, 1);
        """);
}
