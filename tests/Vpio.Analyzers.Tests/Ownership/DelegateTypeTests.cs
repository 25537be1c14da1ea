namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Delegates whose type carries the contract, in fields, events and calls.</summary>
internal sealed class DelegateTypeTests
{
    [Test]
    public Task AFieldOfSuchATypeIsCalledUnderTheHold() => OwnershipCase.Members("""
        private HeldAction? hook;

        public void Send()
        {
            nic.Grab();
            hook?.Invoke(nic);
            nic.Release();
        }

        public void Blind()
        {
            if (hook is not null)
                {|VPIO1017:hook(nic)|};
        }

        public void Set(HeldAction action) => hook = action;
        """);

    [Test]
    public Task AnEventOfSuchATypeIsRaisedUnderTheHold() => OwnershipCase.Members("""
        public event HeldAction? Drained;

        public void Subscribe() => Drained += card => card.Write(0, 1);

        public void Send()
        {
            nic.Grab();
            Drained?.Invoke(nic);
            nic.Release();
        }
        """);

    [Test]
    public Task AGenericDelegateCarriesNoContract() => OwnershipCase.Members("""
        [RequiresHeld(nameof(card))] public static void Post(Nic card) => card.Write(0, 1);

        public Action<Nic> Make() => {|VPIO1026:Post|};
        """);

    [Test]
    public Task AMethodWithoutAContractFitsAnyDelegate() => OwnershipCase.Members("""
        public void Whole()
        {
            nic.Grab();
            nic.Release();
        }

        public void Register()
        {
            Keep(Whole);
            HeldAction free = Show;
            clock.Tick += (_, _) => Whole();
        }
        """);

    [Test]
    public Task ABodyForSuchADelegateMustKeepTheDevice() => OwnershipCase.Members("""
        public HeldAction Make() => card =>
        {
            card.Write(0, 1);
            {|VPIO1004:card.Grab()|};
        };
        """);
}
