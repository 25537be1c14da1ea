namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A condition that is asked twice and cannot have changed answers the same.</summary>
internal sealed class ConditionTests
{
    [Test]
    public Task AParameterThatNobodyWritesAnswersTheSame() => OwnershipCase.Members("""
        public void Send(bool flush)
        {
            if (flush)
                nic.Grab();
            MayFail();
            if (flush)
                nic.Write(0, 1);
            Log();
            if (flush)
                nic.Release();
        }
        """);

    [Test]
    public Task AFieldMayHaveChanged() => OwnershipCase.Members("""
        public void Send()
        {
            bool before = flag;
            if (before)
                nic.Grab();
            MayFail();
            if (flag)
                {|VPIO1002:nic.Write(0, 1)|};
            if (before)
                nic.Release();
        }
        """);

    [Test]
    public Task ANumberThatIsComparedTwiceComparesTheSame() => OwnershipCase.Members("""
        public void Send(int queue)
        {
            if (queue == 5)
                nic.Grab();
            Flip();
            if (queue == 5)
                nic.Release();
        }
        """);

    [Test]
    public Task WhatWasRuledOutStaysRuledOut() => OwnershipCase.Members("""
        public void Send(bool enabled)
        {
            if (!enabled)
                return;
            nic.Grab();
            if (enabled)
                nic.Release();
        }
        """);

    [Test]
    public Task ANegatedCopyIsTheOppositeOfItsOrigin() => OwnershipCase.Members("""
        public void Send()
        {
            bool skip = Chance();
            bool wanted = !skip;
            if (wanted)
                nic.Grab();
            if (!skip)
                nic.Release();
        }
        """);

    [Test]
    public Task AVariableThatIsWrittenInBetweenAnswersAnew() => OwnershipCase.Members("""
        public void Send(bool wanted)
        {
            if (wanted)
                {|VPIO1009:nic.Grab()|};
            wanted = Chance();
            if (wanted)
                {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task ACallThatAnswersTwiceMayAnswerDifferently() => OwnershipCase.Members("""
        public void Send()
        {
            if (Flip())
                {|VPIO1009:nic.Grab()|};
            if (Flip())
                {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task AConstantConditionHasOneWay() => OwnershipCase.Members("""
        public void Send()
        {
            if (true)
                nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task ANullThatIsAskedForTwiceIsTheSame() => OwnershipCase.Members("""
        public void Send(string? name)
        {
            if (name is not null)
                nic.Grab();
            Log();
            if (name != null)
                nic.Release();
        }
        """);
}
