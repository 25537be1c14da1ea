namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Scopes and handles that are chosen, disposed by hand, returned.</summary>
internal sealed class ScopeFlowTests
{
    [Test]
    public Task DisposingByHandEndsTheHold() => OwnershipCase.Members("""
        public void Send()
        {
            Scope scope = nic.Enter();
            try
            {
                nic.Write(0, 1);
            }
            finally
            {
                scope.Dispose();
            }
            {|VPIO1003:nic.Write(4, 1)|};
        }
        """, "VPIO1010");

    [Test]
    public Task AScopeOfOneOfTwoDevicesIsPerhapsEither() => OwnershipCase.Members("""
        public void Send(bool second)
        {
            using Scope scope = second ? other.Enter() : nic.Enter();
            {|VPIO1002:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AReturnedScopeIsTheCallersWhenItIsSaid() => OwnershipCase.Members("""
        [return: CallerOwns] public Scope Open() => nic.Enter();
        public Scope Silent() => {|VPIO1008:nic.Enter()|};

        public void Send()
        {
            using Scope scope = Open();
            Log();
        }
        """);

    [Test]
    public Task TwoScopesHoldTwoDevices() => OwnershipCase.Members("""
        public void Copy()
        {
            using (nic.Enter())
            {
                using (other.Enter())
                    other.Write(0, nic.Read(0));
                {|VPIO1003:other.Write(4, 1)|};
                nic.Write(0, 1);
            }
        }
        """);

    [Test]
    public Task ASecondScopeOfOneDeviceIsASecondGrab() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope first = nic.Enter();
            using Scope second = {|VPIO1004:nic.Enter()|};
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task AScopeInALoopIsGivenBackInEachRound() => OwnershipCase.Members("""
        public void Serve()
        {
            while (More())
            {
                using Scope scope = nic.Enter();
                if (Flip())
                    continue;
                nic.Write(0, 1);
                if (Flip())
                    break;
            }
            Log();
        }
        """, "VPIO1010");

    [Test]
    public Task AScopeIsNotReleasedTwiceByAnExplicitDispose() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            scope.Dispose();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AHandleIsDisposedByAnAwaitedUsing() => OwnershipCase.Members("""
        public async Task SendAsync()
        {
            await using (Lease lease = nic.GrabLease())
                lease.Write(0, 1);
            await Later();
        }
        """);
}
