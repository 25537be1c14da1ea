using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>What an .editorconfig says of how strict the rules are.</summary>
internal sealed class OptionTests
{
    [Test]
    public Task ExceptionLeaksCanBeSwitchedOff() => Check("vpio_ownership.exception_leaks = false", """
        public void Send()
        {
            nic.Grab();
            MayFail();
            nic.Release();
        }

        public void Forget()
        {
            {|VPIO1008:nic.Grab()|};
            MayFail();
        }
        """);

    [Test]
    public Task ExceptionLeaksAreReportedUnlessSwitchedOff() => Check("vpio_ownership.exception_leaks = true", """
        public void Send()
        {
            {|VPIO1010:nic.Grab()|};
            MayFail();
            nic.Release();
        }
        """);

    [Test]
    public Task PollsCanBeSwitchedOff() => Check("vpio_ownership.poll_obligation = FALSE", """
        public void Send()
        {
            nic.Grab();
            while (More())
                nic.Write(0, 1);
            nic.Release();
        }

        [RequiresHeld(nameof(nic))] public void Walk(Link at)
        {
            if (at.Next is { } next)
                Walk(next);
        }
        """);

    [Test]
    public Task AnAnswerThatIsDroppedIsReportedThoughPollsAreOff() => Check("vpio_ownership.poll_obligation = false", """
        public void Send()
        {
            nic.Grab();
            _ = {|VPIO1011:nic.Wanted|};
            nic.Release();
        }
        """);

    [Test]
    public Task TheRoundsThatCountAsFewCanBeSet() => Check("vpio_ownership.small_trip_count = 8", """
        public void Short()
        {
            nic.Grab();
            for (int i = 0; i < 8; i++)
                nic.Write(i, 0);
            nic.Release();
        }

        public void Long()
        {
            nic.Grab();
            {|VPIO1023:for|} (int i = 0; i < 9; i++)
                nic.Write(i, 0);
            nic.Release();
        }
        """);

    [Test]
    public Task MoreRoundsCanBeAllowed() => Check("vpio_ownership.small_trip_count = 1000", """
        public void Send()
        {
            nic.Grab();
            for (int i = 0; i < 1000; i++)
                nic.Write(i, 0);
            nic.Release();
        }
        """);

    [TestCase("many")]
    [TestCase("-1")]
    [TestCase("")]
    public Task ACountThatIsNoneLeavesTheDefault(string value) => Check("vpio_ownership.small_trip_count = " + value, """
        public void Short()
        {
            nic.Grab();
            for (int i = 0; i < 64; i++)
                nic.Write(i, 0);
            nic.Release();
        }

        public void Long()
        {
            nic.Grab();
            {|VPIO1023:for|} (int i = 0; i < 65; i++)
                nic.Write(i, 0);
            nic.Release();
        }
        """);

    private static Task Check(string line, string members)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(OwnershipCase.Wrap(members), "VPIO1010", "VPIO1023");
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{line}\n"));
        return test.RunAsync();
    }
}
