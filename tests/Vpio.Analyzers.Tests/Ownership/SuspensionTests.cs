namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Await and yield: nobody holds a device while suspended.</summary>
internal sealed class SuspensionTests
{
    [Test]
    public Task AnAwaitUnderAHoldIsReported() => OwnershipCase.Members("""
        public async Task SendAsync()
        {
            nic.Grab();
            {|VPIO1013:await Later()|};
            nic.Release();
        }

        public async Task TryAsync()
        {
            if (!nic.TryGrab())
                return;
            int count = {|VPIO1013:await Count()|};
            nic.Write(0, (uint)count);
            nic.Release();
        }
        """);

    [Test]
    public Task AnAwaitBetweenTwoHoldsIsFine() => OwnershipCase.Members("""
        public async Task SendAsync()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            await Later().ConfigureAwait(false);
            nic.Grab();
            nic.Release();
        }
        """);

    [Test]
    public Task AHandleAcrossAnAwaitIsReported() => OwnershipCase.Members("""
        public async Task SendAsync()
        {
            await using Lease lease = await nic.GrabLeaseAsync();
            lease.Write(0, 1);
            {|VPIO1013:await Later()|};
            lease.Write(4, 1);
        }
        """);

    [Test]
    public Task AGrabThatIsAwaitedHoldsBehindTheAwait() => OwnershipCase.Members("""
        public async Task SendAsync()
        {
            Lease lease = await nic.GrabLeaseAsync();
            lease.Write(0, 1);
            lease.Dispose();
            await Later();
        }

        public async Task ForgetAsync()
        {
            Lease lease = await {|VPIO1008:nic.GrabLeaseAsync()|};
            lease.Write(0, 1);
        }
        """);

    [Test]
    public Task AScopeAcrossAnAwaitIsTheCompilersBusiness() => OwnershipCase.Members("""
        public async Task SendAsync()
        {
            using Scope scope = nic.Enter();
            await Later();
        }
        """);

    [Test]
    public Task AYieldUnderAHoldIsReported() => OwnershipCase.Members("""
        public IEnumerable<uint> Words()
        {
            nic.Grab();
            try
            {
                {|VPIO1013:yield return|} nic.Read(0);
            }
            finally
            {
                nic.Release();
            }
        }

        public IEnumerable<int> Apart()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            yield return 1;
            if (flag)
                yield break;
            yield return 2;
        }
        """);

    [Test]
    public Task AnAwaitingLoopUnderAHoldIsReported() => OwnershipCase.Members("""
        public async Task DrainAsync()
        {
            nic.Grab();
            {|VPIO1013:await foreach|} (int length in Arrivals())
                nic.Write(0, (uint)length);
            nic.Release();
        }
        """);

    [Test]
    public Task BehindAReportedAwaitOnlyALookProvesTheHold() => OwnershipCase.Members("""
        public async Task SendAsync()
        {
            nic.Grab();
            {|VPIO1013:await Later()|};
            if (nic.IsHeld)
                nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AnAsyncLambdaIsCheckedLikeAMember() => OwnershipCase.Members("""
        public void Register()
        {
            Func<Task> later = async () =>
            {
                nic.Grab();
                {|VPIO1013:await Later()|};
                nic.Release();
            };
            Task.Run(later);
        }
        """);
}
