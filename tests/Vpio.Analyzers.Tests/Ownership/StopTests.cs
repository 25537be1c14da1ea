namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A stop request: once known, quiesce and release is all that is left.</summary>
internal sealed class StopTests
{
    [Test]
    public Task ATouchThoughTheStopIsKnownIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            if (nic.Wanted)
            {
                {|VPIO1024:nic.Write(0, 1)|};
            }
            nic.Release();
        }
        """);

    [Test]
    public Task QuiescingAndReleasingIsAllowed() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            if (nic.Wanted)
            {
                nic.Quiesce();
                nic.Release();
                return;
            }
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AStopKnownOnOneWayIsEnough() => OwnershipCase.Members("""
        public void Send(bool look)
        {
            nic.Grab();
            if (look && nic.Wanted)
                Log();
            {|VPIO1024:nic.Write(0, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task AStoredStopIsKnownWhenItIsTested() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            bool stop = nic.Wanted;
            nic.Write(0, 1);
            if (stop)
                {|VPIO1024:nic.Write(4, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task NoStopIsNoHindrance() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            if (!nic.Wanted)
                nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task TheNextHoldKnowsNothingOfTheLastStop() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            if (nic.Wanted)
            {
                nic.Release();
                nic.Grab();
            }
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AStopOfAnotherDeviceIsNoHindrance() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            other.Grab();
            if (other.Wanted)
                nic.Write(0, 1);
            other.Release();
            nic.Release();
        }
        """);
}
