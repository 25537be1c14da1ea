namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A hint says how it looked a moment ago, and proves nothing.</summary>
internal sealed class HintTests
{
    [Test]
    public Task ATouchDecidedOnAHintIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.LooksIdle)
                {|VPIO1012:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AHintThatReturnsEarlyDecidesToo() => OwnershipCase.Members("""
        public void Send()
        {
            if (!nic.LooksIdle)
                return;
            {|VPIO1012:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AHintThatIsStoredDecidesToo() => OwnershipCase.Members("""
        public void Send()
        {
            bool idle = nic.LooksIdle;
            Log();
            if (idle)
                {|VPIO1012:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task WaitingForAHintIsNoGrab() => OwnershipCase.Members("""
        public void Send()
        {
            while (!nic.LooksIdle)
                Log();
            {|VPIO1012:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AHintInFrontOfAGrabIsFine() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.LooksIdle && nic.TryGrab())
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AHintAboutAnotherDeviceDecidesNothing() => OwnershipCase.Members("""
        public void Send()
        {
            if (other.LooksIdle)
                {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AHintWhileHeldTakesNothingAway() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            if (nic.LooksIdle)
                nic.Write(0, 1);
            nic.Release();
        }
        """);
}
