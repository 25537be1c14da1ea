namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A try-grab that answers true or false: what the answer proves, wherever it goes.</summary>
internal sealed class TryResultTests
{
    [Test]
    public Task ASuccessProvesTheHold() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.TryGrab())
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AFailureThatReturnsLeavesTheSuccess() => OwnershipCase.Members("""
        public bool Send()
        {
            if (!nic.TryGrab())
                return false;
            nic.Write(0, 1);
            nic.Release();
            return true;
        }
        """);

    [Test]
    public Task TheFailureHoldsNothing() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.TryGrab())
                nic.Release();
            else
                {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ASuccessThatKeepsTheDeviceIsALeakOnSomeWay() => OwnershipCase.Members("""
        public void Send()
        {
            if ({|VPIO1009:nic.TryGrab()|})
                nic.Write(0, 1);
        }
        """);

    [Test]
    public Task AnAnswerReturnedWithoutAContractIsALeakOnSomeWay() => OwnershipCase.Members("""
        public bool Start() => {|VPIO1009:nic.TryGrab()|};
        """);

    [Test]
    public Task AStoredAnswerProvesTheSame() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = nic.TryGrab();
            Log();
            if (!granted)
                return;
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task ABranchOnTheAnswerMayComeTwice() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = nic.TryGrab();
            if (granted)
                nic.Write(0, 1);
            Flip();
            if (granted)
                nic.Release();
        }
        """);

    [Test]
    public Task BetweenTwoBranchesTheHoldIsDoubtful() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = nic.TryGrab();
            if (granted)
                Log();
            {|VPIO1002:nic.Write(0, 1)|};
            nic.Write(4, 1);
            if (granted)
                nic.Release();
        }

        public void Stop()
        {
            bool granted = nic.TryGrab();
            if (granted)
                Log();
            {|VPIO1007:nic.Release()|};
        }

        public void Restart()
        {
            bool granted = nic.TryGrab();
            if (granted)
                Log();
            {|VPIO1020:Reset()|};
            if (granted)
                nic.Release();
        }
        """);

    [Test]
    public Task ASuccessThatWasGivenBackProvesNothing() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = nic.TryGrab();
            if (granted)
                nic.Release();
            if (granted)
                {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AnOldSuccessDoesNotEndALaterHold() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = nic.TryGrab();
            if (granted)
                nic.Release();
            nic.Grab();
            if (!granted)
                nic.Write(0, 1);
            nic.Write(4, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task EachCallKeepsItsOwnAnswer() => OwnershipCase.Members("""
        public void Send(bool urgent)
        {
            bool first = false, second = false;
            if (urgent)
            {
                first = nic.TryGrab();
                if (!first)
                    return;
            }
            else
            {
                second = nic.TryGrab();
                if (second)
                    nic.Release();
            }
            if (first)
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task ASecondTryWhileTheFirstMayHoldIsDoubtful() => OwnershipCase.Members("""
        public void Send()
        {
            bool first = nic.TryGrab();
            bool second = {|VPIO1005:nic.TryGrab()|};
            if (first || second)
                nic.Release();
        }
        """);

    [Test]
    public Task AnAnswerInAFieldDoesNotOutliveACall() => OwnershipCase.Members("""
        public void Send()
        {
            flag = {|VPIO1009:nic.TryGrab()|};
            MayFail();
            if (flag)
                {|VPIO1002:nic.Write(0, 1)|};
        }
        """);
}
