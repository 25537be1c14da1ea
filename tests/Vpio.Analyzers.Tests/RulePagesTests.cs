using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Tests.Pages;
using Vpio.Repository.Tests;

namespace Vpio.Analyzers.Tests;

/// <summary>Holds together what belongs to a rule: its description, its page, its line in the release file, a test.</summary>
internal sealed class RulePagesTests
{
    private const string ReleaseFile = "analyzers/Vpio.Analyzers/AnalyzerReleases.Unshipped.md";

    private static readonly string[] Sections = ["Cause", "Example", "Fix", "When to suppress"];

    private static readonly Lazy<string> Sources = new(() => string.Concat(Checkout.Files(".cs").Where(path => path.StartsWith("tests/Vpio.Analyzers.Tests/", StringComparison.Ordinal)).Select(Checkout.Read)));

    private static DiagnosticDescriptor[] Rules => AllAnalyzers.Rules;

    private static IEnumerable<TestCaseData> Each => Rules.Select(rule => new TestCaseData(rule).SetArgDisplayNames(rule.Id));

    [TestCaseSource(nameof(Each))]
    public void ThePageBearsIdAndTitle(DiagnosticDescriptor rule) =>
        Assert.That(RulePage.Load(rule.Id).Title, Is.EqualTo($"{rule.Id}: {rule.Title}"));

    [TestCaseSource(nameof(Each))]
    public void ThePageHasEverySection(DiagnosticDescriptor rule) =>
        Assert.That(RulePage.Load(rule.Id).Sections.Except(["Details"]), Is.EqualTo(Sections));

    [TestCaseSource(nameof(Each))]
    public void TheTableSaysWhatTheDescriptionSays(DiagnosticDescriptor rule)
    {
        RulePage page = RulePage.Load(rule.Id);
        Assert.That(page["id"], Is.EqualTo(rule.Id));
        Assert.That(page["category"], Is.EqualTo(rule.Category));
        Assert.That(page["default severity"], Is.EqualTo(SeverityOf(rule)));
        Assert.That(page["code fix"], Is.EqualTo("yes").Or.EqualTo("no"));
    }

    [TestCaseSource(nameof(Each))]
    public void TheListOfRulesHasTheRule(DiagnosticDescriptor rule) =>
        Assert.That(Checkout.Read("docs/rules/README.md"), Does.Contain($"\n| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {SeverityOf(rule)} |\n"));

    [TestCaseSource(nameof(Each))]
    public void TheHelpLinkLeadsToThePage(DiagnosticDescriptor rule) =>
        Assert.That(rule.HelpLinkUri, Does.EndWith(RulePage.PathOf(rule.Id)));

    [TestCaseSource(nameof(Each))]
    public void TheReleaseFileListsTheRule(DiagnosticDescriptor rule) =>
        Assert.That(Checkout.Read(ReleaseFile), Does.Contain($"\n{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}\n"));

    [TestCaseSource(nameof(Each))]
    public void SomeTestMarksTheRule(DiagnosticDescriptor rule) =>
        Assert.That(Sources.Value.Contains($"{{|{rule.Id}:", StringComparison.Ordinal), $"no test marks {rule.Id} in a piece of code");

    [Test]
    public void NoPageIsLeftOfARuleThatIsGone() =>
        Assert.That(
            Checkout.Files(".md").Where(path => path.StartsWith("docs/rules/VPIO", StringComparison.Ordinal)),
            Is.EquivalentTo(Rules.Select(rule => RulePage.PathOf(rule.Id))));

    private static string SeverityOf(DiagnosticDescriptor rule) => rule.DefaultSeverity.ToString().ToLowerInvariant();
}
