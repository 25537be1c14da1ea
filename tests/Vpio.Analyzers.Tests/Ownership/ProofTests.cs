namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Assertions and proofs: knowing that it is held without having grabbed it.</summary>
internal sealed class ProofTests
{
    [Test]
    public Task AnAssertionProvesTheHold() => OwnershipCase.Members("""
        public void Send()
        {
            nic.EnsureHeld();
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task WhatWasOnlyAssertedIsNotOursToRelease() => OwnershipCase.Members("""
        public void Stop()
        {
            nic.EnsureHeld();
            {|VPIO1007:nic.Release()|};
        }

        public void Proven()
        {
            if (!nic.IsHeld)
                return;
            nic.Write(0, 1);
            {|VPIO1007:nic.Release()|};
        }

        public void Short()
        {
            if (nic.IsHeld)
                {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task ALookProvesTheHoldWhereItSaysYes() => OwnershipCase.Members("""
        public void Send()
        {
            if (nic.IsHeld)
                nic.Write(0, 1);
            else
                {|VPIO1001:nic.Write(4, 1)|};
        }
        """);

    [Test]
    public Task ADebugAssertIsTakenForGranted() => OwnershipCase.Members("""
        public void Send()
        {
            Debug.Assert(nic.IsHeld);
            nic.Write(0, 1);
        }

        public void Reverse()
        {
            Debug.Assert(!nic.IsHeld);
            {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AnAssertionAboutAnotherDeviceProvesNothing() => OwnershipCase.Members("""
        public void Send()
        {
            other.EnsureHeld();
            {|VPIO1022:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AProofUnderOnesOwnHoldTakesNothingAway() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            nic.EnsureHeld();
            Debug.Assert(nic.IsHeld);
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AGrabOfWhatIsKnownNotToBeHeldIsFine() => OwnershipCase.Members("""
        public void Send()
        {
            if (!nic.IsHeld)
            {
                nic.Grab();
                nic.Release();
            }
        }
        """);
}
