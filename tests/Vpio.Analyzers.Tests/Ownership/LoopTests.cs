namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Loops: what one round leaves is what the next one finds.</summary>
internal sealed class LoopTests
{
    [Test]
    public Task ARoundThatGivesBackWhatItGrabbedIsFine() => OwnershipCase.Members("""
        public void Serve()
        {
            while (More())
            {
                nic.Grab();
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AContinuePastTheGrabSpoilsTheNextRoundAndTheEnd() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            while (More())
            {
                {|VPIO1007:nic.Release()|};
                if (Chance())
                    continue;
                nic.Grab();
            }
            {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task ABreakPastTheGrabSpoilsTheEndOnly() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            for (;;)
            {
                nic.Release();
                if (Chance())
                    break;
                nic.Grab();
                if (!More())
                    break;
            }
            {|VPIO1007:nic.Release()|};
        }
        """);

    [Test]
    public Task AReleaseInEachRoundIsDoubtful() => OwnershipCase.Members("""
        public void Serve()
        {
            nic.Grab();
            do
            {
                {|VPIO1007:nic.Release()|};
            }
            while (More());
        }
        """);

    [Test]
    public Task AGrabInEachRoundIsDoubtful() => OwnershipCase.Members("""
        public void Serve()
        {
            do
                {|VPIO1005:nic.Grab()|};
            while (More());
            nic.Release();
        }
        """);

    [Test]
    public Task ABreakWithTheHoldIsALeakOnSomeWay() => OwnershipCase.Members("""
        public void Serve()
        {
            bool granted = false;
            while (More())
            {
                granted = {|VPIO1009:nic.TryGrab()|};
                if (granted)
                {
                    nic.Write(0, 1);
                    break;
                }
            }
        }
        """);

    [Test]
    public Task ABreakWithTheHoldAndAReleaseBehindTheLoopBalance() => OwnershipCase.Members("""
        public void Serve()
        {
            while (true)
            {
                nic.Grab();
                if (Flip())
                    break;
                nic.Release();
            }
            nic.Release();
        }
        """);

    [Test]
    public Task DevicesOfAListAreOneAfterTheOther() => OwnershipCase.Members("""
        public void ByFor(Link first)
        {
            for (Link? link = first; link is not null; link = link.Next)
            {
                using var scope = link.Nic.Enter();
                link.Nic.Write(0, 1);
            }
        }

        public void ByWhile(Link link)
        {
            while (link.Next is { } next)
            {
                link = next;
                link.Nic.Grab();
                link.Nic.Write(0, 1);
                link.Nic.Release();
            }
        }
        """);
}
