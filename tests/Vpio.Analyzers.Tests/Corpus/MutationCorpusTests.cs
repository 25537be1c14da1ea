using Vpio.Analyzers.Tests.Corpus.Mutations;

namespace Vpio.Analyzers.Tests.Corpus;

/// <summary>A driver that is right but for one fault is reported. The faults are made by rewriting drivers in which nothing is reported.</summary>
internal sealed class MutationCorpusTests
{
    private const int FewestMutants = 300;
    private const double LeastShare = 0.95;
    private const double LeastShareOfKind = 0.85;

    [Test]
    public async Task AFaultThatIsPutIntoADriverIsReported()
    {
        IReadOnlyList<(Mutant Mutant, string[] Ids)> results = await MutantCorpus.Results;
        PrintTable(results);
        Assert.That(results.SelectMany(r => r.Ids), Does.Not.Contain("AD0001"));
        Assert.That(results, Has.Count.AtLeast(FewestMutants));
        List<Mutant> missed = [.. results.Where(r => r.Ids.Length == 0).Select(r => r.Mutant)];
        Assert.That(ShareFound(results, except: []), Is.AtLeast(LeastShare), $"{missed.Count} of {results.Count} faults are not reported:\n{string.Join("\n", missed)}");
        TestContext.Out.WriteLine($"Not reported:\n{string.Join("\n", missed)}");
    }

    [TestCase("VPIO1008", "VPIO1009")]
    [TestCase("VPIO1022")]
    public async Task WithoutARuleTooManyFaultsAreMissed(params string[] ids) =>
        Assert.That(ShareFound(await MutantCorpus.Results, except: ids), Is.LessThan(LeastShare), "The mutants do not need the rule, so they do not test it.");

    [TestCase("a hint for a grab", "VPIO1012")]
    [TestCase("delete a check", "VPIO1011")]
    [TestCase("delete a grab", "VPIO1001")]
    [TestCase("delete a poll", "VPIO1023")]
    [TestCase("delete a release", "VPIO1008")]
    [TestCase("drop a requirement", "VPIO1001")]
    [TestCase("drop a using", "VPIO1008")]
    [TestCase("drop an IsHeld check", "VPIO1024")]
    [TestCase("duplicate a grab", "VPIO1004")]
    [TestCase("duplicate a release", "VPIO1006")]
    [TestCase("fail inside", "VPIO1010")]
    [TestCase("insert a blocking call", "VPIO1014")]
    [TestCase("insert an await", "VPIO1013")]
    [TestCase("move a touch behind the release", "VPIO1003")]
    [TestCase("negate a check", "VPIO1001", "VPIO1002", "VPIO1009")]
    [TestCase("negate a poll", "VPIO1024")]
    [TestCase("remove a finally", "VPIO1010")]
    [TestCase("return inside", "VPIO1009")]
    [TestCase("swap a device", "VPIO1022")]
    [TestCase("touch before the grab", "VPIO1001")]
    [TestCase("touch once wanted", "VPIO1024")]
    public async Task WithoutItsRulesAKindOfFaultIsMissed(string kind, params string[] ids)
    {
        List<(Mutant Mutant, string[] Ids)> ofKind = [.. (await MutantCorpus.Results).Where(r => r.Mutant.Kind == kind)];
        Assert.That(ShareFound(ofKind, except: []), Is.AtLeast(LeastShareOfKind));
        Assert.That(ShareFound(ofKind, except: ids), Is.LessThan(ShareFound(ofKind, except: [])), "The mutants do not need the rules, so they do not test them.");
    }

    private static double ShareFound(IReadOnlyList<(Mutant Mutant, string[] Ids)> results, string[] except) =>
        (double)results.Count(r => r.Ids.Except(except).Any()) / results.Count;

    private static void PrintTable(IReadOnlyList<(Mutant Mutant, string[] Ids)> results)
    {
        foreach (IGrouping<string, (Mutant Mutant, string[] Ids)> kind in results.GroupBy(r => r.Mutant.Kind).OrderBy(k => k.Key, StringComparer.Ordinal))
            TestContext.Out.WriteLine($"{kind.Key,-34} made {kind.Count(),4}  found {kind.Count(r => r.Ids.Length > 0),4}  by {string.Join(" ", kind.SelectMany(r => r.Ids).CountBy(i => i).OrderByDescending(i => i.Value).Select(i => $"{i.Key[4..]}x{i.Value}"))}");
        TestContext.Out.WriteLine($"{"all",-34} made {results.Count,4}  found {results.Count(r => r.Ids.Length > 0),4}");
    }
}
