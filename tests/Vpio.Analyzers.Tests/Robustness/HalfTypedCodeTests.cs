using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Tests.Corpus;

namespace Vpio.Analyzers.Tests.Robustness;

/// <summary>Code as an editor has it between two keys: whatever is missing, doubled or in the wrong place, the rules do not fall over it.</summary>
internal sealed class HalfTypedCodeTests
{
    private const int Variants = 8;

    private static IEnumerable<CorpusDriver> Drivers => CorpusDriver.All;

    [TestCaseSource(nameof(Drivers))]
    public async Task NoVariantOfADriverCrashesTheAnalysis(CorpusDriver driver)
    {
        string[] tokens = [.. (await CorpusCompilation.Parse(driver.Text).GetRootAsync()).DescendantTokens().Select(t => t.Text).Where(t => t.Length > 0)];
        for (int seed = 0; seed < Variants; seed++)
        {
            string variant = SpoiltCode.Spoil(tokens, new Random(seed));
            IEnumerable<Diagnostic> found = await CorpusCompilation.Analyse(CorpusCompilation.OfDrivers(CorpusCompilation.Parse(variant)));
            Assert.That(found.Where(d => d.Id == "AD0001"), Is.Empty, $"seed {seed}:\n{variant}");
        }
    }
}
