namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A device that counts its grabs: as many releases end the hold.</summary>
internal sealed class ReentrancyTests
{
    [Test]
    public Task AsManyReleasesAsGrabsEndTheHold() => OwnershipCase.Members("""
        public void Send()
        {
            counting.Grab();
            counting.Grab();
            counting.Release();
            counting.Write(0, 1);
            counting.Release();
            {|VPIO1003:counting.Write(4, 1)|};
        }
        """);

    [Test]
    public Task AReleaseMatchesTheInnermostGrab() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1008:counting.Grab()|};
            counting.Grab();
            counting.Release();
        }
        """);

    [Test]
    public Task ADepthThatDiffersLeaksTheOuterGrabOnSomeWay() => OwnershipCase.Members("""
        public void Send(bool deep)
        {
            {|VPIO1009:counting.Grab()|};
            if (deep)
                counting.Grab();
            counting.Release();
        }
        """);

    [Test]
    public Task OneReleaseTooManyIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            counting.Grab();
            counting.Grab();
            counting.Release();
            counting.Release();
            {|VPIO1006:counting.Release()|};
        }
        """);

    [Test]
    public Task ADepthThatIsRememberedIsFine() => OwnershipCase.Members("""
        public void Send(bool deep)
        {
            counting.Grab();
            if (deep)
                counting.Grab();
            counting.Write(0, 1);
            if (deep)
                counting.Release();
            counting.Release();
        }
        """);

    [Test]
    public Task AMemberThatGrabsForItselfMayBeCalledUnderTheHold() => OwnershipCase.Members("""
        private void Turn()
        {
            counting.Grab();
            counting.Write(0, 1);
            counting.Release();
        }

        public void Send()
        {
            counting.Grab();
            Turn();
            counting.Release();
        }
        """);
}
