namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Two names for one device.</summary>
internal sealed class AliasTests
{
    [Test]
    public Task AGrabThroughAnAliasHoldsTheOriginal() => OwnershipCase.Members("""
        public void Send()
        {
            Nic card = nic;
            card.Grab();
            nic.Write(0, 1);
            card.Write(4, 1);
            nic.Release();
            {|VPIO1003:card.Write(8, 1)|};
        }
        """);

    [Test]
    public Task AnAliasThatIsBoundAnewNamesTheOtherDevice() => OwnershipCase.Members("""
        public void Send()
        {
            Nic card = nic;
            card.Grab();
            nic.Write(0, 1);
            card.Release();
            card = other;
            card.Grab();
            other.Write(0, 1);
            {|VPIO1003:nic.Write(4, 1)|};
            other.Release();
        }
        """);

    [Test]
    public Task AnAliasThatWentByReferenceIsUnknown() => OwnershipCase.Members("""
        public void Send()
        {
            Nic card = nic;
            Swap(ref card);
            card.Grab();
            {|VPIO1022:nic.Write(0, 1)|};
            card.Release();
        }
        """);

    [Test]
    public Task PassingByValueOrToBeReadKeepsTheAlias() => OwnershipCase.Members("""
        public void Send()
        {
            Nic card = nic;
            Look(in card);
            Show(card);
            card.Grab();
            nic.Write(0, 1);
            card.Release();
        }
        """);

    [Test]
    public Task AnAliasOfOneOfTwoWorksAsItself() => OwnershipCase.Members("""
        public void Send(bool second)
        {
            Nic card = second ? other : nic;
            card.Grab();
            card.Write(0, 1);
            card.Release();
        }
        """);

    [Test]
    public Task OneOfTwoIsPerhapsEither() => OwnershipCase.Members("""
        public void Send(bool second)
        {
            Nic card = second ? other : nic;
            card.Grab();
            {|VPIO1002:nic.Write(0, 1)|};
            card.Release();
        }
        """);

    [Test]
    public Task AnAliasThatALoopBindsAnewReleasesPerhapsTheOther() => OwnershipCase.Members("""
        public void Send(int rounds)
        {
            Nic card = nic;
            {|VPIO1009:card.Grab()|};
            while (rounds-- > 0)
                card = other;
            {|VPIO1007:card.Release()|};
        }
        """);

    [Test]
    public Task ExchangedAliasesAreFollowed() => OwnershipCase.Members("""
        public void Send()
        {
            Nic left = nic, right = other;
            left.Grab();
            (left, right) = (right, left);
            right.Write(0, 1);
            right.Release();
        }
        """);

    [Test]
    public Task AFallbackIsTheDeviceItIs() => OwnershipCase.Members("""
        public void Send(Nic? spare)
        {
            Nic card = spare ?? nic;
            card.Grab();
            card.Write(0, 1);
            card.Release();
        }
        """);

    [Test]
    public Task ACastIsNoOtherDevice() => OwnershipCase.Members("""
        public void Send(object something)
        {
            if (something is Nic card)
            {
                card.Grab();
                ((Nic)something).Write(0, 1);
                card.Release();
            }
        }

        public void Sure(object something)
        {
            Nic card = (Nic)something;
            card.Grab();
            ((Nic)something).Write(0, 1);
            card.Release();
        }
        """);

    [Test]
    public Task ARefLocalIsTheVariableItRefersTo() => OwnershipCase.Members("""
        public void Send()
        {
            ref Nic card = ref current;
            card.Grab();
            card.Write(0, 1);
            card.Release();
        }
        """);
}
