namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Answers that are combined, overwritten, assigned inside a condition.</summary>
internal sealed class AnswerFlowTests
{
    [Test]
    public Task AnAssignmentInsideTheConditionIsTested() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted;
            if (granted = nic.TryGrab())
                nic.Write(0, 1);
            if (granted)
                nic.Release();
        }

        public void Spin()
        {
            bool granted;
            while ((granted = nic.TryGrab()) == false)
                Log();
            nic.Release();
        }
        """);

    [Test]
    public Task TwoGrabsInOneConditionAreTwoAnswers() => OwnershipCase.Members("""
        public void Leaky()
        {
            if ({|VPIO1009:nic.TryGrab()|} && other.TryGrab())
            {
                other.Release();
                nic.Release();
            }
        }

        public void Right()
        {
            if (nic.TryGrab())
            {
                if (other.TryGrab())
                    other.Release();
                nic.Release();
            }
        }
        """);

    [Test]
    public Task EitherOfTwoGrabsIsPerhapsOne() => OwnershipCase.Members("""
        public void Send()
        {
            bool mine = nic.TryGrab();
            if (mine || other.TryGrab())
            {
                {|VPIO1002:nic.Write(0, 1)|};
                if (mine)
                    nic.Release();
                else
                    other.Release();
            }
        }
        """);

    [Test]
    public Task AnAndThatEvaluatesBothMayKeepTheDevice() => OwnershipCase.Members("""
        public void Send(bool enabled)
        {
            if ({|VPIO1009:nic.TryGrab()|} & enabled)
                nic.Release();
        }
        """);

    [Test]
    public Task AnAnswerThatIsOverwrittenUntestedIsDropped() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = {|VPIO1011:nic.TryGrab()|};
            granted = other.TryGrab();
            if (granted)
                other.Release();
        }
        """);

    [Test]
    public Task AnErrorThatIsSwitchedOnIsTested() => OwnershipCase.Members("""
        public string Send()
        {
            switch (nic.Errno())
            {
                case 0:
                    nic.Release();
                    return "fine";
                case 16:
                    return "busy";
                default:
                    return "broken";
            }
        }
        """);

    [Test]
    public Task AHandleThatIsDisposedAtOnceIsFine() => OwnershipCase.Members("""
        public void Try() => nic.TryGrabOrNull()?.Dispose();
        public void Sure() => nic.GrabLease().Dispose();
        """);

    [Test]
    public Task AnEarlyContinueOnFailureIsATest() => OwnershipCase.Members("""
        public void Serve(List<Nic> all)
        {
            foreach (Nic card in all)
            {
                if (!card.TryGrab())
                    continue;
                card.Write(0, 1);
                card.Release();
            }
        }
        """);

    [Test]
    public Task AnAnswerThatIsReturnedFromALocalFunctionByOutIsTheAnswer() => OwnershipCase.Members("""
        public void Send()
        {
            Try(out bool granted);
            if (granted)
                nic.Release();

            void Try(out bool answer) => answer = nic.TryGrab();
        }
        """);

    [Test]
    public Task AnAnswerThatIsAddedToAnotherCounts() => OwnershipCase.Members("""
        public void Send(bool flush)
        {
            bool ok = false;
            for (int i = 0; i < 3 && !ok; i++)
                ok |= nic.TryGrab();
            if (ok)
                nic.Release();

            bool both = true;
            both &= nic.TryGrab();
            if (!both)
                return;
            nic.Write(0, 1);
            nic.Release();

            bool late = {|VPIO1009:nic.TryGrab()|};
            late &= flush;
            if (late)
                nic.Write(0, 1);
        }
        """);

    [Test]
    public Task AnAnswerInATupleThatIsKeptCounts() => OwnershipCase.Members("""
        public void Send()
        {
            (bool Ok, int Queue) asked = (nic.TryGrab(), 1);
            if (asked.Ok)
                nic.Release();
        }

        public void Overwrite()
        {
            (bool Ok, int Queue) asked = ({|VPIO1011:nic.TryGrab()|}, 1);
            asked.Ok = Flip();
            if (asked.Ok)
                nic.Release();
        }
        """);
}
