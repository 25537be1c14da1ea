namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Catches: which exceptions they see, and what is held there.</summary>
internal sealed class CatchTests
{
    private const string Leaks = "VPIO1010";

    [Test]
    public Task ACatchOfEverythingThatGivesBackIsEnough() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            try
            {
                MayFail();
            }
            catch
            {
                nic.Release();
                throw;
            }
            nic.Release();
        }

        public void Swallow()
        {
            nic.Grab();
            try
            {
                MayFail();
            }
            catch (Exception)
            {
                Log();
            }
            nic.Release();
        }
        """, Leaks);

    [Test]
    public Task ACatchOfOneKindLetsTheOthersPass() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1010:nic.Grab()|};
            try
            {
                MayFail();
                nic.Release();
            }
            catch (TimeoutException)
            {
                nic.Release();
            }
        }
        """, Leaks);

    [Test]
    public Task ACatchOfTheRestGetsWhatTheFirstLeft() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            try
            {
                MayFail();
            }
            catch (TimeoutException)
            {
                Log();
            }
            catch (Exception)
            {
                nic.Release();
                return;
            }
            nic.Release();
        }
        """, Leaks);

    [Test]
    public Task BehindASwallowedExceptionTheHoldIsDoubtful() => OwnershipCase.Members("""
        public void Send()
        {
            try
            {
                MayFail();
                nic.Grab();
            }
            catch (IOException)
            {
                Log();
            }
            {|VPIO1002:nic.Write(0, 1)|};
            nic.Release();
        }
        """, Leaks);

    [Test]
    public Task AReleaseOnlyWhereItThrowsIsNeverARelease() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1008:nic.Grab()|};
            try
            {
                MayFail();
            }
            catch
            {
                nic.Release();
                throw;
            }
        }
        """, Leaks);

    [Test]
    public Task ACatchAndAFinallyWorkTogether() => OwnershipCase.Members("""
        public int Send()
        {
            nic.Grab();
            try
            {
                MayFail();
                return 0;
            }
            catch (IOException)
            {
                return 1;
            }
            finally
            {
                nic.Release();
            }
        }
        """, Leaks);

    [Test]
    public Task ACatchMayTouchWhatIsStillHeld() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            try
            {
                MayFail();
            }
            catch (Exception)
            {
                nic.Write(0, 0);
            }
            finally
            {
                nic.Release();
            }
        }
        """, Leaks);

    [Test]
    public Task ALeakIsReportedUnderOneIdOnly() => OwnershipCase.Members("""
        public void Send(bool stop)
        {
            {|VPIO1009:nic.Grab()|};
            MayFail();
            if (stop)
                nic.Release();
        }

        public void Never()
        {
            {|VPIO1008:nic.Grab()|};
            MayFail();
        }
        """, Leaks);
}
