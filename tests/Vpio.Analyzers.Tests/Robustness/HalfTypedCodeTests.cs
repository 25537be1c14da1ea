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
            string variant = Spoil(tokens, new Random(seed));
            IEnumerable<Diagnostic> found = await CorpusCompilation.Analyse(CorpusCompilation.OfDrivers(CorpusCompilation.Parse(variant)));
            Assert.That(found.Where(d => d.Id == "AD0001"), Is.Empty, $"seed {seed}:\n{variant}");
        }
    }

    private static string Spoil(string[] tokens, Random random)
    {
        List<string> spoilt = [.. tokens];
        for (int left = random.Next(1, 6); left > 0; left--)
        {
            int at = random.Next(spoilt.Count), other = random.Next(spoilt.Count);
            switch (random.Next(4))
            {
                case 0: spoilt.RemoveAt(at); break;
                case 1: spoilt.Insert(at, spoilt[other]); break;
                case 2: (spoilt[at], spoilt[other]) = (spoilt[other], spoilt[at]); break;
                default: spoilt.RemoveRange(at, Math.Min(random.Next(1, 12), spoilt.Count - at)); break;
            }
        }

        return string.Join('\n', spoilt);
    }
}
