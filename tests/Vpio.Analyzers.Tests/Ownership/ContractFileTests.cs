using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>The file of contracts for code that one cannot annotate.</summary>
internal sealed class ContractFileTests
{
    private const string Name = "Vpio.Ownership.txt";

    [Test]
    public Task ALineIsAContract() => Check("""M:Elsewhere.Show(Nic) RequiresHeld("nic")""", """
        public void Send()
        {
            {|VPIO1017:Show(nic)|};
            nic.Grab();
            Show(nic);
            nic.Release();
        }
        """);

    [Test]
    public Task GrabsAndReleasesMayStandInTheFile() => Check(
        """
        # a library of somebody else
        M:Elsewhere.Show(Nic) Acquires("nic")
        M:Elsewhere.Look(Nic@) Releases("nic")
        """,
        """
        public void Send()
        {
            Show(nic);
            nic.Write(0, 1);
            Look(in nic);
            {|VPIO1003:nic.Write(4, 1)|};
        }

        public void Forget() => {|VPIO1008:Show(nic)|};
        """);

    [Test]
    public Task AnExclusionMayStandInTheFile() => Check("""M:Elsewhere.Show(Nic) Excludes("nic")""", """
        public void Send()
        {
            nic.Grab();
            {|VPIO1019:Show(nic)|};
            nic.Release();
        }
        """);

    [Test]
    public Task CommentsAndEmptyLinesSayNothing() => Check("\n# M:Elsewhere.Show(Nic) RequiresHeld(\"nic\")\n\n", """
        public void Send() => Show(nic);
        """);

    [Test]
    public Task AnotherFileIsNotRead()
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(OwnershipCase.Wrap("public void Send() => Show(nic);"));
        test.TestState.AdditionalFiles.Add(("Notes.txt", """M:Elsewhere.Show(Nic) RequiresHeld("nic")"""));
        return test.RunAsync();
    }

    private static Task Check(string contracts, string members)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(OwnershipCase.Wrap(members));
        test.TestState.AdditionalFiles.Add((Name, contracts));
        return test.RunAsync();
    }
}
