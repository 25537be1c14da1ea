namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Exceptions: what they leave held.</summary>
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
