namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Devices that a loop goes over: each round has its own.</summary>
internal sealed class ManyDevicesTests
{
    [Test]
    public Task EachOfACollectionIsGrabbedAndGivenBack() => OwnershipCase.Members("""
        public void Wake(List<Nic> all)
        {
            foreach (Nic one in all)
            {
                one.Grab();
                try
                {
                    one.Write(0, 1);
                }
                finally
                {
                    one.Release();
                }
            }
        }
        """);

    [Test]
    public Task EachOfACollectionIsLeakedOnSomeWay() => OwnershipCase.Members("""
        public void Wake()
        {
            foreach (Nic one in nics)
            {
                {|VPIO1009:one.Grab()|};
                one.Write(0, 1);
            }
        }
        """);

    [Test]
    public Task AnElementIsTheSameWhileItsIndexIs() => OwnershipCase.Members("""
        public void Wake()
        {
            for (int i = 0; i < nics.Length; i++)
            {
                nics[i].Grab();
                nics[i].Write(0, (uint)i);
                nics[i].Release();
            }
        }
        """);

    [Test]
    public Task AnElementIsAnotherWhenItsIndexIsWritten() => OwnershipCase.Members("""
        public void Wake(int i)
        {
            {|VPIO1008:nics[i].Grab()|};
            i += 1;
            {|VPIO1022:nics[i].Write(0, 1)|};
        }
        """);

    [Test]
    public Task ElementsAtDifferentConstantsAreDifferent() => OwnershipCase.Members("""
        public void Wake()
        {
            nics[0].Grab();
            nics[0].Write(0, 1);
            {|VPIO1022:nics[1].Write(0, 1)|};
            nics[0].Release();
        }
        """);

    [Test]
    public Task AChainIsWalkedDeviceByDevice() => OwnershipCase.Members("""
        public void Wake(Link? at)
        {
            while (at != null)
            {
                Nic one = at.Nic;
                one.Grab();
                at = at.Next;
                one.Write(0, 1);
                one.Release();
            }
        }
        """);

    [Test]
    public Task TheElementUnderOneKeyIsTheSame() => OwnershipCase.Members("""
        public void Wake(string name)
        {
            byName[name].Grab();
            byName[name].Write(0, 1);
            byName[name].Release();
        }
        """);
}
