namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Grab, touch, release: in this order, on one device.</summary>
internal sealed class TouchTests
{
    [Test]
    public Task ATouchWithoutAGrabIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ATouchBetweenGrabAndReleaseIsFine() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task ATouchBehindTheReleaseIsReportedAsSuch() => OwnershipCase.Members("""
        public uint Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            return {|VPIO1003:nic.Read(4)|};
        }
        """);

    [Test]
    public Task AGrabOfWhatIsHeldIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            {|VPIO1004:nic.Grab()|};
            nic.Release();
        }
        """);

    [Test]
    public Task AReleaseOfWhatWasNeverGrabbedIsReported() => OwnershipCase.Members("""
        public void Stop() => {|VPIO1006:nic.Release()|};
        """);

    [Test]
    public Task ASecondReleaseIsReported() => OwnershipCase.Members("""
        public void Stop()
        {
            nic.Grab();
            nic.Release();
            Log();
            {|VPIO1006:nic.Release()|};
        }
        """);

    [Test]
    public Task AHoldThatIsNeverGivenBackIsReportedAtItsGrab() => OwnershipCase.Members("""
        public void Start()
        {
            {|VPIO1008:nic.Grab()|};
            nic.Write(0, 1);
        }

        public void Claim() => {|VPIO1008:nic.Grab()|};
        """);

    [Test]
    public Task EachDeviceHasAHoldOfItsOwn() => OwnershipCase.Members("""
        public void Forward()
        {
            nic.Grab();
            other.Grab();
            other.Write(0, nic.Read(0));
            nic.Release();
            other.Write(4, 1);
            other.Release();
        }
        """);

    [Test]
    public Task ATouchWhileAnotherDeviceIsHeldIsTheWrongDevice() => OwnershipCase.Members("""
        public void Send()
        {
            other.Grab();
            {|VPIO1022:nic.Write(0, 1)|};
            other.Release();
        }
        """);

    [Test]
    public Task ADeviceThatWasReleasedIsNotTakenForTheWrongOne() => OwnershipCase.Members("""
        public void Send()
        {
            other.Grab();
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
            other.Release();
        }
        """);

    [Test]
    public Task AnObserverMayReadAndNotWrite() => OwnershipCase.Members("""
        public uint Look()
        {
            nic.Observe();
            uint status = nic.Read(0);
            {|VPIO1017:nic.Write(0, status)|};
            nic.Release();
            return status;
        }
        """);

    [Test]
    public Task OneCauseIsReportedOnce() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
            nic.Write(4, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task ANewGrabEndsTheSilenceBehindAReport() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(4, 1)|};
        }
        """);
}
