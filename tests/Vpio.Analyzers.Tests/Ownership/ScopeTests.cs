namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Scopes: a value on the stack that owns one hold and gives it back at its end.</summary>
internal sealed class ScopeTests
{
    [Test]
    public Task AScopeHoldsToTheEndOfItsBlock() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            nic.Write(0, 1);
        }

        public void Block()
        {
            using (nic.Enter())
                nic.Write(0, 1);
            {|VPIO1003:nic.Write(4, 1)|};
        }
        """);

    [Test]
    public Task AScopeThatWasReleasedEarlyIsDisposedWithoutHarm() => OwnershipCase.Members("""
        public void Send(bool done)
        {
            using Scope scope = nic.Enter();
            if (done)
                scope.Release();
        }
        """);

    [Test]
    public Task ATouchBehindTheReleaseOfTheScopeIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            nic.Write(0, 1);
            scope.Release();
            {|VPIO1003:nic.Write(4, 1)|};
        }
        """);

    [Test]
    public Task AReleaseOfTheScopeOnOneWayLeavesTheHoldDoubtful() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            if (Chance())
                scope.Release();
            {|VPIO1002:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ReleasingTheScopeTwiceIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            scope.Release();
            {|VPIO1006:scope.Release()|};
        }
        """);

    [Test]
    public Task AScopeMayTakeTheDeviceAgain() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            scope.Release();
            Log();
            scope.Regrab();
            nic.Write(0, 1);
        }

        public void Twice()
        {
            using Scope scope = nic.Enter();
            {|VPIO1004:scope.Regrab()|};
        }
        """);

    [Test]
    public Task AScopeThatNobodyDisposesIsNeverReleased() => OwnershipCase.Members("""
        public void Send()
        {
            Scope scope = {|VPIO1008:nic.Enter()|};
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task AReleaseBehindALiveScopeIsDoubtful() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            nic.Write(0, 1);
            {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task ACopyOfAScopeIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            Scope twin = {|VPIO1016:scope|};
            twin.Release();
        }

        public static void Borrow(Scope scope) { }

        public void Lend()
        {
            using Scope scope = nic.Enter();
            Borrow({|VPIO1016:scope|});
        }
        """);

    [Test]
    public Task AScopeThatWasPerhapsGrantedIsTested() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.TryEnter();
            if (!scope.Granted)
                return;
            nic.Write(0, 1);
        }

        public void Blind()
        {
            using Scope scope = {|VPIO1011:nic.TryEnter()|};
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task AScopeThatWasGrantedAndNotDisposedIsALeakOnSomeWay() => OwnershipCase.Members("""
        public void Send()
        {
            Scope scope = {|VPIO1009:nic.TryEnter()|};
            if (scope.Granted)
                nic.Write(0, 1);
        }
        """);
}
