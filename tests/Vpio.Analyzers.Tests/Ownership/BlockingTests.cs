namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Blocking calls: a device that is held while its owner waits is held for nothing.</summary>
internal sealed class BlockingTests
{
    [Test]
    public Task SleepingUnderAHoldIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1014:Thread.Sleep(10)|};
            nic.Release();
        }
        """);

    [Test]
    public Task WaitingForATaskUnderAHoldIsReported() => OwnershipCase.Members("""
        public int Send()
        {
            nic.Grab();
            {|VPIO1014:Later().Wait()|};
            int count = {|VPIO1014:Count().Result|};
            {|VPIO1014:Task.WaitAll(Later(), Later())|};
            nic.Release();
            return count;
        }
        """);

    [Test]
    public Task WaitingForASemaphoreUnderAHoldIsReported() => OwnershipCase.Members("""
        public void Send(ManualResetEventSlim ready, WaitHandle handle)
        {
            using Scope scope = nic.Enter();
            {|VPIO1014:tickets.Wait()|};
            {|VPIO1014:ready.Wait(100)|};
            {|VPIO1014:handle.WaitOne()|};
        }
        """);

    [Test]
    public Task ALockUnderAHoldIsReportedAtItsKeyword() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1014:lock|} (gate)
            {
                nic.Write(0, 1);
            }
            nic.Release();
        }
        """);

    [Test]
    public Task ALockOfItsOwnTypeIsReportedToo() => OwnershipCase.Members("""
        private readonly Lock own = new();

        public void Send()
        {
            nic.Grab();
            {|VPIO1014:lock|} (own)
            {
                nic.Write(0, 1);
            }

            using ({|VPIO1014:own.EnterScope()|})
                nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AMonitorUnderAHoldIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1014:Monitor.Enter(gate)|};
            Monitor.Exit(gate);
            nic.Release();
        }
        """);

    [Test]
    public Task BlockingWithoutAHoldIsFine() => OwnershipCase.Members("""
        public void Send()
        {
            lock (gate)
            {
                nic.Grab();
                nic.Write(0, 1);
                nic.Release();
            }
            Thread.Sleep(1);
            Later().Wait();
        }
        """);

    [Test]
    public Task AGrabUnderAnotherHoldDoesNotCountAsBlocking() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            other.Grab();
            other.Release();
            nic.Release();
        }
        """);

    [Test]
    public Task BlockingTakesNothingAway() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1014:Thread.Sleep(10)|};
            nic.Write(0, 1);
            nic.Release();
            Thread.Sleep(10);
        }
        """);

    [Test]
    public Task BlockingOnTheWayThatHoldsIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.TryGrab())
            {
                {|VPIO1014:Thread.Sleep(1)|};
                nic.Release();
            }
            else
            {
                Thread.Sleep(1);
            }
        }
        """);
}
