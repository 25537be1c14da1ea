using System.Text.RegularExpressions;

namespace Vpio.Protocol.Tests.Model;

/// <summary>Holds the model to the sources that it mirrors, line by line.</summary>
[TestFixture]
internal sealed partial class CitedLinesTests
{
    private static readonly string Sources = ModelChecker.PathOf("hypervisor/Vpio.Hypervisor/Ownership");

    private static readonly (string File, string Text)[] Cited =
    [
        .. Citation().Matches(File.ReadAllText(ModelChecker.PathOf("docs/model/ownership.pml"))).Select(match => (match.Groups[1].Value, match.Groups[2].Value)),
    ];

    [Test]
    public void EveryLineThatTheModelCitesIsInTheSources()
    {
        Assert.That(Cited, Has.Length.GreaterThan(60));
        Assert.That(Cited.Where(each => !HasLine(each.File, each.Text)), Is.Empty);
    }

    [Test]
    public void EveryExchangeOfTheStateWordIsInTheModel()
    {
        string[] cited = [.. Cited.Select(each => each.Text)];
        IEnumerable<string> lost = Directory.GetFiles(Sources, "DeviceOwnership.*.cs").SelectMany(File.ReadLines).Select(line => line.Trim())
            .Where(line => !line.StartsWith('/') && Exchange().IsMatch(line))
            .Where(line => !cited.Any(text => line.Contains(text, StringComparison.Ordinal)));
        Assert.That(lost.Where(line => !line.StartsWith("private ", StringComparison.Ordinal)), Is.Empty);
    }

    private static bool HasLine(string file, string text) =>
        File.Exists(Path.Combine(Sources, file)) && File.ReadAllText(Path.Combine(Sources, file)).Contains(text, StringComparison.Ordinal);

    [GeneratedRegex(@"/\* C#: ([\w.]+\.cs): (.*?)(?: -- [^*]*)?\s*\*/")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\b(TryReplace|Publish)\(")]
    private static partial Regex Exchange();
}
