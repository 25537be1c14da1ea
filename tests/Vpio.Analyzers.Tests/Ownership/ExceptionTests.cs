namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Exceptions: what they leave held, and what a finally or a catch gives back.</summary>
internal sealed class ExceptionTests
{
    private const string Leaks = "VPIO1010";

    [Test]
    public Task ACallThatMayThrowUnderAHoldLeaksIt() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1010:nic.Grab()|};
            MayFail();
            nic.Release();
        }
        """, Leaks);

    [Test]
    public Task WhatCannotThrowLeaksNothing() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            nic.Write(0, nic.Read(4));
            nic[8] = 1;
            Log();
            nic.Release();
        }
        """, Leaks);

    [Test]
    public Task AThrowUnderAHoldLeaksIt() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1010:nic.Grab()|};
            if (Flip())
                throw new InvalidOperationException();
            nic.Release();
        }

        public void Fails(bool broken)
        {
            {|VPIO1010:nic.Grab()|};
            if (broken)
                Fail();
            nic.Release();
        }
        """, Leaks);

    [Test]
    public Task AFinallyGivesBackOnEveryWay() => OwnershipCase.Members("""
        public uint Send()
        {
            nic.Grab();
            try
            {
                MayFail();
                return nic.Read(0);
            }
            finally
            {
                nic.Release();
            }
        }

        public void Rounds()
        {
            for (int i = 0; i < 3; i++)
            {
                nic.Grab();
                try
                {
                    if (Chance())
                        continue;
                    if (Chance())
                        break;
                    MayFail();
                }
                finally
                {
                    nic.Release();
                }
            }
        }
        """, Leaks);

    [Test]
    public Task AHandleInAUsingIsGivenBackOnEveryWay() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            MayFail();
            nic.Write(0, 1);
        }

        public void Plain()
        {
            Lease lease = {|VPIO1010:nic.GrabLease()|};
            MayFail();
            lease.Dispose();
        }
        """, Leaks);

    [Test]
    public Task AGrabInsideTheTryMayHaveFailed() => OwnershipCase.Members("""
        public void Send()
        {
            try
            {
                nic.Grab();
                MayFail();
            }
            finally
            {
                {|VPIO1007:nic.Release()|};
            }
        }
        """, Leaks);

    [Test]
    public Task AFlagTellsTheFinallyWhetherItIsHeld() => OwnershipCase.Members("""
        public void Send()
        {
            bool held = false;
            try
            {
                nic.Grab();
                held = true;
                MayFail();
            }
            finally
            {
                if (held)
                    nic.Release();
            }
        }

        public void Try()
        {
            bool held = false;
            try
            {
                held = nic.TryGrab();
                if (held)
                    MayFail();
            }
            finally
            {
                if (held)
                    nic.Release();
            }
        }
        """, Leaks);

    [Test]
    public Task AFinallyThatMayThrowFirstLeaks() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1010:nic.Grab()|};
            try
            {
                Log();
            }
            finally
            {
                MayFail();
                nic.Release();
            }
        }

        public void Nested()
        {
            nic.Grab();
            try
            {
                MayFail();
            }
            finally
            {
                try
                {
                    MayFail();
                }
                finally
                {
                    nic.Release();
                }
            }
        }
        """, Leaks);

    [Test]
    public Task AConditionThatKnowsNothingOfTheHoldLeaksOnSomeWay() => OwnershipCase.Members("""
        public void Send(bool tidy)
        {
            {|VPIO1009:nic.Grab()|};
            try
            {
                MayFail();
            }
            finally
            {
                if (tidy)
                    nic.Release();
            }
        }
        """, Leaks);

    [Test]
    public Task ATouchBehindTheFinallyThatReleasedIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            try
            {
                MayFail();
            }
            finally
            {
                nic.Release();
            }
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """, Leaks);

    [Test]
    public Task APromisedReleaseThatThrowsHasNotReleased() => OwnershipCase.Members("""
        [Releases(nameof(nic))] public void Finish()
        {
            MayFail();
            nic.Release();
        }

        public void Send()
        {
            {|VPIO1010:nic.Grab()|};
            Finish();
        }
        """, Leaks);

    [Test]
    public Task AHandleThatIsTakenOverMayComeBack() => OwnershipCase.Members("""
        public void Send()
        {
            Lease lease = nic.GrabLease();
            Take(lease);
        }

        public void Risky()
        {
            Lease lease = {|VPIO1010:nic.GrabLease()|};
            TakeOrFail(lease);
        }
        """, Leaks);
}
