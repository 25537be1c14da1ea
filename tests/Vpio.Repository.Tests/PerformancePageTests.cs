using System.Text.RegularExpressions;

namespace Vpio.Repository.Tests;

/// <summary>Holds the page of figures to the benchmarks: each has its section there, and nothing else is on it.</summary>
[TestFixture]
internal sealed partial class PerformancePageTests
{
    [Test]
    public void EachBenchmarkHasItsSectionInItsOrder()
    {
        string[] benchmarks = [.. Named().Matches(Checkout.Read("tests/Vpio.Benchmarks/Program.cs")).Select(match => $"{match.Groups[1].Value}: {match.Groups[2].Value}")];
        string[] sections = [.. Section().Matches(Checkout.Read("docs/performance.md")).Select(match => $"{match.Groups[1].Value}: {match.Groups[2].Value}")];
        Assert.That(benchmarks, Is.Not.Empty);
        Assert.That(sections, Is.EqualTo(benchmarks));
    }

    [Test]
    public void EachSectionSaysWhenAndOnWhatItWasMeasured()
    {
        string page = Checkout.Read("docs/performance.md");
        Assert.That(page.Split("<!-- benchmark ").Skip(1), Has.All.Match("(?s).*Measured 20[0-9-]+: .* processors, .*NET.*, Vpio .*"));
    }

    [GeneratedRegex("""^    new\("([a-z-]+)", "([^"]+)", """, RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex("<!-- benchmark ([a-z-]+) -->\n\n## ([^\n]+)\n")]
    private static partial Regex Section();
}
