using Microsoft.CodeAnalysis;
using Vpio.Repository.Tests;

namespace Vpio.Analyzers.Tests.Pages;

/// <summary>Holds the code of the pages to what the analyzer says of it.</summary>
internal sealed class RuleExamplesTests
{
    private static IEnumerable<string> Ids => AllAnalyzers.Rules.Select(rule => rule.Id);

    [TestCaseSource(nameof(Ids))]
    public async Task TheWrongCodeIsReportedWhereItSaysAndNowhereElse(string id)
    {
        RulePage page = RulePage.Load(id);
        PageExample wrong = new(page.Wrong, page.Files("Example"));
        Assert.That(await wrong.Report(id), Is.EqualTo(wrong.Named));
        Assert.That(wrong.Named, Has.Some.EndsWith(id));
    }

    [TestCaseSource(nameof(Ids))]
    public async Task TheFixedCodeIsSilent(string id)
    {
        RulePage page = RulePage.Load(id);
        Assert.That(await new PageExample(page.Right, page.Files("Example", "Fix")).Report(id), Is.Empty);
    }

    [TestCase("docs/ownership-analysis.md")]
    [TestCase("docs/layout-analysis.md")]
    public async Task TheCodeOfAGuideIsReportedWhereItSaysAndNowhereElse(string page)
    {
        PageExample guide = new(new RulePage(MarkdownPage.Load(page)).Code);
        Assert.That(await guide.Report("VPIO1010", "VPIO1023"), Is.EqualTo(guide.Named));
    }

    [TestCase("public void Send() => nic.Write(0, 1);", "1: VPIO1001")]
    [TestCase("\npublic void Send() => nic.Write(0, 1); // VPIO1002", "2: VPIO1001")]
    [TestCase("public void Send() => nic.Kick(0);", "1: CS1061")]
    [TestCase("public void Send() { nic.Grab(); MayFail(); nic.Release(); }", "1: VPIO1010")]
    public async Task APlantedExampleIsJudgedByTheAnalyzer(string code, string expected)
    {
        string[] report = await new PageExample(code).Report("VPIO1010");
        Assert.That(report, Has.Length.EqualTo(1));
        Assert.That(report[0], Does.StartWith(expected));
    }
}
