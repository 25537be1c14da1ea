namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Values read under an earlier hold: the device may have moved on.</summary>
internal sealed class StaleValueTests
{
    [Test]
    public Task AValueFromTheLastHoldIsStaleInTheNext() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            uint tail = nic.Read(4);
            nic.Release();
            nic.Grab();
            nic.Write(4, {|VPIO1027:tail|} + 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AValueThatIsReadAgainIsFresh() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            uint tail = nic.Read(4);
            nic.Write(4, tail + 1);
            nic.Release();
            nic.Grab();
            tail = nic.Read(4);
            nic.Write(4, tail + 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AValueMayBeUsedWhileNothingIsHeld() => OwnershipCase.Members("""
        public uint Look()
        {
            nic.Grab();
            uint status = nic.Read(0);
            nic.Release();
            return status;
        }
        """);

    [Test]
    public Task AValueFromOutsideIsNotTheDevices() => OwnershipCase.Members("""
        public void Send(uint length)
        {
            nic.Grab();
            nic.Write(0, length);
            nic.Release();
            nic.Grab();
            nic.Write(0, length);
            nic.Release();
        }
        """);

    [Test]
    public Task AValueOfAnotherDeviceStaysFresh() => OwnershipCase.Members("""
        public void Send()
        {
            other.Grab();
            uint tail = other.Read(4);
            nic.Grab();
            nic.Release();
            nic.Grab();
            nic.Write(4, tail);
            nic.Release();
            other.Release();
        }
        """);
}
