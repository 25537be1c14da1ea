namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Finally: what it gives back, on the normal way and when something was thrown.</summary>
internal sealed class FinallyTests
{
    private const string Leaks = "VPIO1010";

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
}
