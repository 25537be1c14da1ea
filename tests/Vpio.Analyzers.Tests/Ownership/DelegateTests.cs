namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Delegates: a contract survives only in a delegate type that carries it.</summary>
internal sealed class DelegateTests
{
    [Test]
    public Task AMethodGroupLosesItsContractInAPlainDelegate() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic))] public void Post() => nic.Write(0, 1);

        public void Register()
        {
            Action later = {|VPIO1026:Post|};
            Keep({|VPIO1026:Post|});
        }

        public Func<bool> Ask() => {|VPIO1026:nic.TryGrab|};
        """);

    [Test]
    public Task AMethodGroupThatRunsAtOnceKeepsIt() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic))] public void Post() => nic.Write(0, 1);

        public void Send()
        {
            nic.Grab();
            Now(Post);
            nic.Release();
        }
        """);

    [Test]
    public Task ADelegateTypeCarriesTheContract() => OwnershipCase.Members("""
        [RequiresHeld(nameof(card))] public static void Post(Nic card) => card.Write(0, 1);

        public void Send()
        {
            HeldAction action = Post;
            nic.Grab();
            action(nic);
            nic.Release();
        }

        public void Blind(HeldAction action) => {|VPIO1017:action(nic)|};
        """);

    [Test]
    public Task ABodyForSuchADelegateStartsWithTheDevice() => OwnershipCase.Members("""
        public void Send()
        {
            HeldAction action = card => card.Write(0, 1);
            nic.Grab();
            action(nic);
            nic.Release();
        }

        public HeldAction Make() => static card => { card.Write(0, 1); card.Quiesce(); };
        """);

    [Test]
    public Task ACallOfSuchADelegateBehindTheReleaseIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            HeldAction action = card => card.Write(0, 1);
            action(nic);
            nic.Release();
            {|VPIO1017:action(nic)|};
        }
        """);

    [Test]
    public Task AnEventHandlerStartsWithNothing() => OwnershipCase.Members("""
        public void Register()
        {
            nic.Grab();
            clock.Tick += (sender, e) => {|VPIO1001:nic.Write(0, 1)|};
            nic.Release();
        }
        """);
}
