namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>An answer that nothing depends on is no answer; every form of looking at it is.</summary>
internal sealed class TestedAnswerTests
{
    [Test]
    public Task AResultThatIsDroppedIsReportedAndNothingElse() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1011:nic.TryGrab()|};
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AResultThatIsStoredAndNeverReadIsDroppedToo() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = {|VPIO1011:nic.TryGrab()|};
            nic.Write(0, 1);
            nic.Release();
        }

        public void Discard()
        {
            _ = {|VPIO1011:nic.TryGrab()|};
            nic.Release();
        }
        """);

    [Test]
    public Task AnAssertIsNoTest() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = {|VPIO1011:nic.TryGrab()|};
            Debug.Assert(granted, "nobody else uses it");
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task NegationsCancelOut() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = nic.TryGrab(), refused = !granted, mine = !refused;
            if (mine)
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AComparisonWithAConstantIsATest() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.TryGrab() == true)
                nic.Release();
            if (nic.TryGrab() != false)
                nic.Release();
            if (false == nic.TryGrab())
                return;
            nic.Release();
        }
        """);

    [Test]
    public Task APatternIsATest() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.TryGrab() is true)
                nic.Release();
            if (nic.TryGrab() is not false)
                nic.Release();
            if (nic.TryGrab() is false or not true)
                return;
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task ASwitchIsATest() => OwnershipCase.Members("""
        public int Send(int kind)
        {
            switch (nic.TryGrab())
            {
                case false:
                    return 0;
                case true:
                    nic.Release();
                    break;
            }
            switch (kind)
            {
                case > 3 when nic.TryGrab():
                    nic.Write(0, 1);
                    nic.Release();
                    break;
            }
            int mine = nic.TryGrab() switch { true => 2, false => 3 };
            if (mine == 2)
                nic.Release();
            return mine;
        }
        """);

    [Test]
    public Task ALogicalOperatorIsATest() => OwnershipCase.Members("""
        public void Send(bool enabled, bool disabled)
        {
            if (enabled && nic.TryGrab())
                nic.Release();
            if (disabled || !nic.TryGrab())
                return;
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AConditionalExpressionIsATest() => OwnershipCase.Members("""
        public void Send()
        {
            if ((nic.TryGrab() ? "mine" : "theirs") == "mine")
                nic.Release();
            bool granted = Chance() ? nic.TryGrab() : false;
            if (granted)
                nic.Release();
            uint status = {|VPIO1009:nic.TryGrab()|} ? nic.Read(0) : 0;
            if (status != 0)
                Log();
        }
        """);

    [Test]
    public Task AnExclusiveOrWithAConstantIsATest() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = nic.TryGrab();
            if (granted ^ true)
                return;
            nic.Release();
        }
        """);

    [Test]
    public Task EqualsIsATest() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = nic.TryGrab();
            if (granted.Equals(true))
                nic.Release();
        }
        """);

    [Test]
    public Task AnAnswerThatMayBeNullIsStillTheAnswer() => OwnershipCase.Members("""
        public void Send()
        {
            bool? granted = nic.TryGrab();
            if (granted == true)
                nic.Release();
        }
        """);

    [Test]
    public Task ATupleCarriesTheAnswer() => OwnershipCase.Members("""
        public void Send()
        {
            var (granted, length) = (nic.TryGrab(), 60u);
            if (granted)
            {
                nic.Write(0, length);
                nic.Release();
            }
        }
        """);
}
