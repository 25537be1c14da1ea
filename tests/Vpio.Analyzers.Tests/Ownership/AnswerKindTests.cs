namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Grabs that answer by something else than a bool.</summary>
internal sealed class AnswerKindTests
{
    [Test]
    public Task AValueOfAnEnumSaysIt() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.Ask() != Answer.Granted)
                return;
            nic.Write(0, 1);
            nic.Release();
        }

        public void Choose()
        {
            switch (nic.Ask())
            {
                case Answer.Granted:
                    nic.Write(0, 1);
                    nic.Release();
                    break;
                case Answer.Busy:
                    Log();
                    break;
            }
        }
        """);

    [Test]
    public Task AnEnumHasMoreValuesThanItsNames() => OwnershipCase.Members("""
        public void Send()
        {
            Answer answer = nic.Ask();
            if (answer is Answer.Busy)
                return;
            {|VPIO1002:nic.Write(0, 1)|};
            if (answer is Answer.Granted)
                nic.Release();
        }
        """);

    [Test]
    public Task ZeroSaysIt() => OwnershipCase.Members("""
        public int Send()
        {
            int error = nic.Errno();
            if (error != 0)
                return error;
            nic.Write(0, 1);
            nic.Release();
            return 0;
        }
        """);

    [Test]
    public Task AnErrorIsNotTheHold() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.Errno() == 0)
                nic.Release();
            else
                {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AnythingButZeroSaysIt() => OwnershipCase.Members("""
        public void Send()
        {
            int ticket = nic.Ticket();
            if (ticket == 0)
                return;
            nic.Write(0, (uint)ticket);
            nic.Release();
        }

        public void Twice()
        {
            if (nic.Ticket() != 0)
                nic.Release();
            if (nic.Ticket() is not 0)
                nic.Release();
        }
        """);

    [Test]
    public Task AReferenceToABoolSaysIt() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = false;
            nic.Ask(20, ref granted);
            if (granted)
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AReferenceToABoolThatNobodyLooksAtIsDropped() => OwnershipCase.Members("""
        public void Send()
        {
            bool granted = false;
            {|VPIO1011:nic.Ask(20, ref granted)|};
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AnythingButNullSaysIt() => OwnershipCase.Members("""
        public void Send()
        {
            Lease? lease = nic.TryGrabOrNull();
            if (lease == null)
                return;
            lease.Write(0, 1);
            lease.Dispose();
        }

        public void Match()
        {
            if (nic.TryGrabOrNull() is { } lease)
            {
                lease.Write(0, 1);
                lease.Dispose();
            }
        }

        public void Insist()
        {
            Lease lease = nic.TryGrabOrNull() ?? throw new IOException("busy");
            lease.Write(0, 1);
            lease.Dispose();
        }
        """);

    [Test]
    public Task AHandleThatComesOutSaysIt() => OwnershipCase.Members("""
        public void Send()
        {
            if (!nic.TryGrab(out Lease? lease))
                return;
            using (lease)
                nic.Write(0, 1);
        }

        public void Look()
        {
            nic.TryGrab(out var lease);
            if (lease is null)
                return;
            lease.Write(0, 1);
            lease.Dispose();
        }
        """);

    [Test]
    public Task AMemberOfTheResultSaysIt() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.TryEnter();
            if (scope.Granted)
                nic.Write(0, 1);
            else
                {|VPIO1001:nic.Write(4, 1)|};
        }
        """);

    [Test]
    public Task AReleaseThatMayFailReleasesOnlyOnSuccess() => OwnershipCase.Members("""
        public void Stop()
        {
            nic.Grab();
            if (!nic.TryRelease())
                nic.Release();
        }

        public void Late()
        {
            nic.Grab();
            if (nic.TryRelease())
                {|VPIO1003:nic.Write(0, 1)|};
            else
                nic.Release();
        }
        """);

    [Test]
    public Task PatternsLookIntoWhatTheyAreHeldAgainst() => OwnershipCase.Members("""
        public void Send(bool flush, Link link)
        {
            using (Scope scope = nic.TryEnter())
            {
                if (scope is { Granted: true })
                    nic.Write(0, 1);
            }

            switch (nic.Errno())
            {
                case < 0 or > 0:
                    return;
                default:
                    nic.Release();
                    break;
            }

            Lease? lease = nic.TryGrabOrNull();
            if (lease is Lease)
                lease.Dispose();

            if ((nic.TryGrab(), flush) is (true, _))
                nic.Release();

            if (link is { Nic: var its })
            {
                its.Grab();
                link.Nic.Write(0, 1);
                its.Release();
            }
        }

        public void Both()
        {
            switch (nic.TryGrab(), other.TryGrab())
            {
                case (true, true):
                    nic.Write(0, other.Read(0));
                    nic.Release();
                    other.Release();
                    break;
                case (true, false):
                    nic.Release();
                    break;
                case (false, true):
                    other.Release();
                    {|VPIO1001:nic.Write(0, 1)|};
                    break;
            }
        }
        """);

    [Test]
    public Task APatternThatTouchesIsATouch() => OwnershipCase.Members("""
        public bool Send(Link link) => link.Nic is { {|VPIO1001:Registers|}: var registers } && registers[0] == 1;
        """);

    [Test]
    public Task AnAnswerThatMayBeNullIsUnderstood() => OwnershipCase.Members("""
        public void Send(Nic? maybe)
        {
            if (maybe?.TryGrab() == true)
            {
                maybe.Write(0, 1);
                maybe.Release();
            }

            if (maybe?.TryGrab() ?? false)
                maybe.Release();
            if (maybe?.TryGrab() is not true)
                return;
            maybe.Release();
            if ((maybe?.TryGrab()).GetValueOrDefault())
                maybe.Release();
        }

        public void Keep()
        {
            bool? ok = nic.TryGrab();
            if (ok.HasValue && ok.Value)
                nic.Release();
        }

        public void Sides()
        {
            int error = nic.Errno();
            if (error < 0)
                return;
            if (error > 0)
                return;
            nic.Release();
        }
        """);
}
