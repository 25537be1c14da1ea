namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Scopes that are passed, adopted, paused, and scopes over two devices.</summary>
internal sealed class ScopeArgumentTests
{
    [Test]
    public Task ACalleeThatNeedsALiveScopeGetsOne() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            Need(in scope);
            scope.Release();
            Need(in {|VPIO1017:scope|});
        }
        """);

    [Test]
    public Task ADefaultScopeHoldsNothing() => OwnershipCase.Members("""
        public void Send()
        {
            Scope scope = default;
            Need(in {|VPIO1017:scope|});
        }
        """);

    [Test]
    public Task ACalleeThatNeedsAScopeOfOneDeviceIsNotServedByAnother() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            NeedOfNic(in scope);
        }

        public void Mistake()
        {
            using Scope scope = other.Enter();
            NeedOfNic(in {|VPIO1022:scope|});
        }
        """);

    [Test]
    public Task AScopeMayTakeOverAHold() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            using Scope scope = Scope.Adopt(nic);
            nic.Write(0, 1);
        }

        public void Early()
        {
            using Scope scope = {|VPIO1017:Scope.Adopt(nic)|};
        }
        """);

    [Test]
    public Task APauseGivesTheDeviceBackWhileItLives() => OwnershipCase.Members("""
        public void Send()
        {
            using Scope scope = nic.Enter();
            nic.Write(0, 1);
            using (nic.Pause())
                Log();
            nic.Write(4, 1);
        }

        public void Impatient()
        {
            using Scope scope = nic.Enter();
            using (nic.Pause())
            {
                {|VPIO1003:nic.Write(0, 1)|};
            }
        }
        """);

    [Test]
    public Task APauseOfWhatIsNotHeldIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            using ({|VPIO1006:nic.Pause()|})
                Log();
        }
        """);

    [Test]
    public Task OneScopeMayHoldTwoDevices() => OwnershipCase.Members("""
        public void Copy()
        {
            using Scope both = GrabBoth(nic, other);
            other.Write(0, nic.Read(0));
        }

        public void GiveAway()
        {
            Scope both = GrabBoth(nic, other);
            nic.Write(0, 1);
            GiveBoth(ref both);
        }
        """);

    [Test]
    public Task ACalleeThatPromisesToReleaseAScopeMustReleaseIt() => OwnershipCase.Members("""
        public void Finish([Releases(nameof(nic))] scoped ref Scope scope)
        {
            nic.Write(0, 1);
            scope.Release();
        }

        public void {|VPIO1021:Forget|}([Releases(nameof(nic))] scoped ref Scope scope)
        {
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task ACalleeThatIsGivenALiveScopeMayTouch() => OwnershipCase.Members("""
        public void Send([RequiresHeld(nameof(nic))] scoped in Scope scope)
        {
            nic.Write(0, 1);
        }
        """);
}
