using System.Text.RegularExpressions;
using Vpio.Documentation.Tests.CSharp;
using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Samples;

/// <summary>Holds the files that are deliberately wrong to what the analyzers say of them: one rule each, where a comment names it.</summary>
[TestFixture]
internal sealed partial class WrongSamplesTests
{
    private const string Folder = "guest-driver/samples/wrong/";

    private static IEnumerable<string> Files => Checkout.Files(".cs").Where(path => path.StartsWith(Folder, StringComparison.Ordinal));

    private static IEnumerable<string> Pages => Checkout.Files(".md").Where(path => RulePage().IsMatch(path));

    [TestCaseSource(nameof(Files))]
    public async Task AWrongFileIsReportedByItsRuleAloneAndWhereItSays(string path)
    {
        string beside = path.Replace(".cs", "/", StringComparison.Ordinal);
        AnalysedCode code = new(Checkout.Read(path))
        {
            AdditionalFiles = [.. Checkout.Files(".txt").Where(file => file.StartsWith(beside, StringComparison.Ordinal)).Select(file => new TreeText(file))],
        };
        Assert.That(await code.Report(), Is.EqualTo(code.Named));
        Assert.That(code.Named, Is.Not.Empty.And.All.EndsWith(Path.GetFileNameWithoutExtension(path)));
    }

    [TestCaseSource(nameof(Pages))]
    public void ThePageOfARuleLeadsToItsWrongFile(string page) =>
        Assert.That(MarkdownPage.Load(page).Links, Has.Member($"../../{Folder}{Path.GetFileNameWithoutExtension(page)}.cs"));

    [Test]
    public void EachRuleHasAFileAndEachFileARule() =>
        Assert.That(Files.Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(AnalysedCode.Rules));

    [GeneratedRegex(@"^docs/rules/VPIO\d{4}\.md$")]
    private static partial Regex RulePage();
}
