using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Tests.Corpus;

namespace Vpio.Analyzers.Tests.MemoryCorpus;

/// <summary>A program that is right is silent, and one fault in it is reported by the rule that it is against.</summary>
internal sealed class MemoryMutationTests
{
    private static IEnumerable<MemoryProgram> Programs => MemoryProgram.All;

    private static readonly Lazy<Task<(MemoryMutant Mutant, string[] Ids)[]>> Results = new(AnalyseAll);

    [TestCaseSource(nameof(Programs))]
    public async Task AProgramThatIsRightIsSilent(MemoryProgram program) =>
        Assert.That(await MemoryProgram.Analyse(CorpusCompilation.Parse(program.Text), AllAnalyzers.Make()), Is.Empty);

    [Test]
    public async Task EveryFaultIsReportedByItsRule()
    {
        (MemoryMutant Mutant, string[] Ids)[] results = await Results.Value;
        foreach (IGrouping<string, (MemoryMutant Mutant, string[] Ids)> kind in results.GroupBy(r => r.Mutant.Kind))
            TestContext.Out.WriteLine($"{kind.Key,-26} made {kind.Count(),3}  found {kind.Count(IsFound),3}");
        Assert.That(results.Where(r => !IsFound(r)).Select(r => $"{r.Mutant.Kind} in {r.Mutant.Program}: {r.Mutant.Place}, found {string.Join(" ", r.Ids)}"), Is.Empty);
        Assert.That(results, Has.Length.AtLeast(70));
    }

    [Test]
    public async Task EveryRuleHasFaultsOfItsOwn() =>
        Assert.That((await Results.Value).SelectMany(r => r.Mutant.Ids).Distinct(), Is.SupersetOf(MemoryCase.Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(r => r.Id)));

    private static bool IsFound((MemoryMutant Mutant, string[] Ids) result) => result.Ids.Intersect(result.Mutant.Ids).Any();

    private static async Task<(MemoryMutant Mutant, string[] Ids)[]> AnalyseAll()
    {
        List<(MemoryMutant, string[])> results = [];
        foreach (MemoryMutant mutant in MemoryProgram.All.SelectMany(MemoryMutations.Of))
            results.Add((mutant, [.. (await MemoryProgram.Analyse(CorpusCompilation.Parse(mutant.Text), MemoryCase.Analyzers)).Select(d => d.Id).Distinct()]));
        return [.. results];
    }
}
