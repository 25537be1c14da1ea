namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Revocation: a call inside which ownership may be lost, and the upcall that tells of it.</summary>
internal sealed class RevocationTests
{
    [Test]
    public Task ATouchBehindAPossibleLossIsReported() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            nic.WaitForInterrupt();
            {|VPIO1024:nic.Write(0, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task ALookProvesThatItIsStillHeld() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            nic.WaitForInterrupt();
            if (nic.IsHeld)
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }

        public void Rounds()
        {
            nic.Grab();
            while (More())
            {
                nic.WaitForInterrupt();
                if (!nic.IsHeld)
                    return;
                nic.Write(0, 1);
            }
            nic.Release();
        }
        """, "VPIO1023");

    [Test]
    public Task AReleaseBehindAPossibleLossIsDoubtful() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            nic.WaitForInterrupt();
            {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task AReleaseOfWhatIsKnownToBeLostIsReported() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            nic.WaitForInterrupt();
            if (nic.IsHeld)
                nic.Release();
            else
                {|VPIO1006:nic.Release()|};
        }
        """);

    [Test]
    public Task AScopeIsDisposedWithoutHarmBehindALoss() => OwnershipCase.Members("""
        public void Serve()
        {
            using Scope scope = nic.Enter();
            nic.WaitForInterrupt();
        }
        """);

    [Test]
    public Task AMemberThatMayLoseTheDeviceSaysSoToItsCallers() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic)), MayRevoke] public void Breathe()
        {
            nic.Release();
            nic.Grab();
        }

        public void Serve()
        {
            nic.Grab();
            Breathe();
            {|VPIO1024:nic.Write(0, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task AnUpcallDoesNotTouchGrabOrBlock() => OwnershipCase.Members("""
        [RevocationHandler] public void OnRevoked()
        {
            {|VPIO1019:nic.Write(0, 1)|};
            {|VPIO1019:nic.Grab()|};
            {|VPIO1014:lock|} (gate)
                flag = true;
        }
        """);

    [Test]
    public Task AnUpcallThatTakesANoteIsFine() => OwnershipCase.Members("""
        [RevocationHandler] public void OnRevoked()
        {
            flag = true;
            Log();
        }
        """);

    [Test]
    public Task WaitingForAnInterruptCountsAsAPoll() => OwnershipCase.Members("""
        public void Serve()
        {
            using Scope scope = nic.Enter();
            while (More())
            {
                nic.WaitForInterrupt();
                if (!nic.IsHeld)
                    break;
            }
        }
        """, "VPIO1023");
}
