namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Two devices: grabbed in the order that is laid down.</summary>
internal sealed class OrderTests
{
    private const string Fields = """
        [GrabBefore(nameof(inner))] public readonly Nic outer = new();
        public readonly Nic inner = new();

        """;

    [Test]
    public Task TheOrderThatIsLaidDownIsFine() => OwnershipCase.Members(Fields + """
        public void Copy()
        {
            outer.Grab();
            inner.Grab();
            inner.Release();
            outer.Release();
        }
        """);

    [Test]
    public Task TheOppositeOrderIsReportedAtTheSecondGrab() => OwnershipCase.Members(Fields + """
        public void Copy()
        {
            inner.Grab();
            {|VPIO1028:outer.Grab()|};
            outer.Release();
            inner.Release();
        }
        """);

    [Test]
    public Task OneAfterTheOtherIsNoOrder() => OwnershipCase.Members(Fields + """
        public void Copy()
        {
            inner.Grab();
            inner.Release();
            outer.Grab();
            outer.Release();
        }
        """);

    [Test]
    public Task AnOppositeOrderOnOneWayIsReported() => OwnershipCase.Members(Fields + """
        public void Copy(bool both)
        {
            if (both)
                inner.Grab();
            {|VPIO1028:outer.Grab()|};
            outer.Release();
            if (both)
                inner.Release();
        }
        """);

    [Test]
    public Task DevicesWithoutAnOrderAreFree() => OwnershipCase.Members(Fields + """
        public void Copy()
        {
            inner.Grab();
            nic.Grab();
            nic.Release();
            inner.Release();
        }
        """);

    [Test]
    public Task AnOrderReachesOverADeviceInBetween() => OwnershipCase.Members("""
        [GrabBefore(nameof(middle))] public readonly Nic first = new();
        [GrabBefore(nameof(last))] public readonly Nic middle = new();
        [GrabBefore(nameof(first))] public readonly Nic last = new();

        public void Send()
        {
            last.Grab();
            {|VPIO1028:first.Grab()|};
            first.Release();
            last.Release();
        }
        """);
}
