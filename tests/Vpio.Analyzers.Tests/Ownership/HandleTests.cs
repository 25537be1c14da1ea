namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Handles: objects that own one hold, and can be stored, passed and lost.</summary>
internal sealed class HandleTests
{
    [Test]
    public Task AHandleHoldsUntilItIsDisposed() => OwnershipCase.Members("""
        public void Send()
        {
            using Lease lease = nic.GrabLease();
            lease.Write(0, 1);
            nic.Write(4, 1);
        }

        public void Late()
        {
            Lease lease = nic.GrabLease();
            lease.Dispose();
            {|VPIO1003:lease.Write(0, 1)|};
        }
        """);

    [Test]
    public Task DisposingTwiceIsNoHarm() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.TryGrab(out Lease? lease))
            {
                lease.Write(0, 1);
                lease.Dispose();
                lease.Dispose();
            }
        }
        """);

    [Test]
    public Task AHandleThatIsOverwrittenIsLostThere() => OwnershipCase.Members("""
        public void Send(Nic first, Nic second)
        {
            Lease lease = {|VPIO1008:first.GrabLease()|};
            lease = second.GrabLease();
            lease.Dispose();
        }
        """);

    [Test]
    public Task AHandleAroundAHandleIsOneHold() => OwnershipCase.Members("""
        public void Send()
        {
            using TracedLease traced = new(nic.GrabLease());
            traced.Write(0, 1);
            nic.Write(4, 1);
        }

        public void Forget()
        {
            TracedLease traced = new({|VPIO1008:nic.GrabLease()|});
            traced.Write(0, 1);
        }
        """);

    [Test]
    public Task AHandleThatIsPerhapsNullIsUsedAndDisposedConditionally() => OwnershipCase.Members("""
        public void Send()
        {
            using Lease? lease = nic.TryGrabOrNull();
            lease?.Write(0, 1);
        }

        public void Ask()
        {
            using Lease? lease = nic.TryGrabOrNull();
            if (lease is not null)
                nic.Write(0, 1);
        }

        public void Out()
        {
            nic.TryGrab(out Lease? lease);
            using (lease)
                lease?.Write(0, 1);
        }
        """);

    [Test]
    public Task AHandleThatIsTestedAndKeptIsALeakOnSomeWay() => OwnershipCase.Members("""
        public void Send()
        {
            Lease? lease = {|VPIO1009:nic.TryGrabOrNull()|};
            if (lease == null)
                return;
            lease.Write(0, 1);
        }

        public Lease? Give() => {|VPIO1009:nic.TryGrab(out Lease? lease)|} ? lease : null;
        """);

    [Test]
    public Task AHandleThatIsTakenOverIsNoLongerOurs() => OwnershipCase.Members("""
        public void Send()
        {
            Lease lease = nic.GrabLease();
            Take(lease);
            {|VPIO1003:lease.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ATakenOverHandleMustBeReleased() => OwnershipCase.Members("""
        public void Finish([Owns] Lease lease)
        {
            lease.Write(0, 1);
            lease.Dispose();
        }

        public void {|VPIO1021:Forget|}([Owns] Lease lease) => lease.Write(0, 1);
        """);

    [Test]
    public Task AHandleThatIsOnlyPassedProvesNothing() => OwnershipCase.Members("""
        public void Send(Lease lease) => {|VPIO1001:lease.Write(0, 1)|};
        """);

    [Test]
    public Task AReturnedHandleIsTheCallersWhenItIsSaid() => OwnershipCase.Members("""
        [return: CallerOwns] public Lease Open() => nic.GrabLease();

        public void Send()
        {
            using Lease lease = Open();
            lease.Write(0, 1);
        }

        public void Forget() => {|VPIO1008:Open()|};

        public Lease Silent() => {|VPIO1008:nic.GrabLease()|};
        """);

    [Test]
    public Task AnOwnedFieldIsReleasedByDispose() => OwnershipCase.File("""
        public sealed class Session(Nic nic) : IDisposable
        {
            [Owns] private readonly Lease lease = nic.GrabLease();
            public void Send() => lease.Write(0, 1);
            public void Dispose() => lease.Dispose();
        }

        public sealed class Careful : IDisposable
        {
            [Owns] private Lease? lease;
            private bool closed;
            public Careful(Nic nic) => lease = nic.GrabLease();
            public void Dispose()
            {
                if (closed)
                    return;
                closed = true;
                lease?.Dispose();
                lease = null;
            }
        }
        """);

    [Test]
    public Task AnOwnedFieldThatDisposeForgetsIsReported() => OwnershipCase.File("""
        public sealed class Session : IDisposable
        {
            [Owns] private readonly Lease {|VPIO1008:lease|};
            public Session(Nic nic) => lease = nic.GrabLease();
            public void Send() => lease.Write(0, 1);
            public void Dispose() => Log();
        }
        """);

    [Test]
    public Task ACopyIsReportedWhereNothingIsCalled() => OwnershipCase.Members("""
        public void Keep(ref Scope scope)
        {
            Scope kept = {|VPIO1016:scope|};
        }
        """);
}
