namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Where ways meet: silent there, reported where it matters.</summary>
internal sealed class BranchTests
{
    [Test]
    public Task AGrabOnEachWayIsAGrab() => OwnershipCase.Members("""
        public void Send(int kind)
        {
            if (kind > 2)
                nic.Grab();
            else
                nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task TouchesOnEachWayOfAHoldAreFine() => OwnershipCase.Members("""
        public void Send(bool urgent)
        {
            nic.Grab();
            if (urgent)
                nic.Write(0, 1);
            else
                nic.Write(4, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AGrabOnOneWayLeavesALaterTouchDoubtfulAndNothingElse() => OwnershipCase.Members("""
        public void Send()
        {
            if (Chance())
                nic.Grab();
            {|VPIO1002:nic.Write(0, 1)|};
            nic.Write(4, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AReleaseOnOneWayLeavesTheGrabOpenOnTheOther() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1009:nic.Grab()|};
            if (Chance())
                nic.Release();
        }
        """);

    [Test]
    public Task AReleaseOnEachWayIsARelease() => OwnershipCase.Members("""
        public void Send(bool urgent)
        {
            nic.Grab();
            if (urgent)
                nic.Release();
            else
                nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AnEarlyReturnKeepsTheHold() => OwnershipCase.Members("""
        public int Send(int length)
        {
            {|VPIO1009:nic.Grab()|};
            if (length == 0)
                return -1;
            nic.Write(0, (uint)length);
            nic.Release();
            return length;
        }
        """);

    [Test]
    public Task AWayThatEndsTheProcessKeepsNothing() => OwnershipCase.Members("""
        public void Send(bool broken)
        {
            nic.Grab();
            if (broken)
                Environment.FailFast("the device is on fire");
            nic.Release();
        }
        """);

    [Test]
    public Task ASectionThatReleasesAndReturnsLeavesTheOthersAlone() => OwnershipCase.Members("""
        public void Send(int kind)
        {
            nic.Grab();
            switch (kind)
            {
                case 0:
                    nic.Release();
                    return;
                case 1:
                    nic.Write(0, 1);
                    break;
            }
            nic.Release();
        }
        """);

    [Test]
    public Task ASectionThatForgetsTheReleaseIsALeakOnSomeWay() => OwnershipCase.Members("""
        public void Send(int kind)
        {
            {|VPIO1009:nic.Grab()|};
            switch (kind)
            {
                case 0: nic.Release(); break;
                case 1: Log(); break;
                default: nic.Release(); break;
            }
        }
        """);

    [Test]
    public Task AJumpLeadsWhereItSays() => OwnershipCase.Members("""
        public void Send(bool empty)
        {
            nic.Grab();
            if (empty)
                goto done;
            nic.Write(0, 1);
        done:
            nic.Release();
        }
        """);

    [Test]
    public Task AJumpPastTheReleaseIsALeakOnSomeWay() => OwnershipCase.Members("""
        public void Send(bool empty)
        {
            {|VPIO1009:nic.Grab()|};
            if (empty)
                goto done;
            nic.Release();
        done:
            Log();
        }
        """);

    [Test]
    public Task AReleaseThatIsPerhapsNotDueIsDoubtful() => OwnershipCase.Members("""
        public void Send()
        {
            if (Chance())
                nic.Grab();
            {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task ASecondGrabOnSomeWayIsDoubtful() => OwnershipCase.Members("""
        public void Send()
        {
            if (Chance())
                nic.Grab();
            {|VPIO1005:nic.Grab()|};
            nic.Release();
        }
        """);
}
