using System.Reflection;
using Microsoft.CodeAnalysis.CodeFixes;
using Vpio.Analyzers.Tests.Pages;

namespace Vpio.Analyzers.Tests;

/// <summary>Holds the pages and the code fixes together: a rule has a fix exactly when its page says so.</summary>
internal sealed class RuleFixesTests
{
    private static readonly string[] Fixable = [.. Assembly.Load("Vpio.Analyzers.CodeFixes").GetTypes()
        .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
        .SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type, nonPublic: true)!).FixableDiagnosticIds)];

    private static IEnumerable<string> Ids => AllAnalyzers.Rules.Select(rule => rule.Id);

    [TestCaseSource(nameof(Ids))]
    public void ARuleHasAFixWhenItsPageSaysSo(string id) =>
        Assert.That(RulePage.Load(id)["code fix"], Is.EqualTo(Fixable.Contains(id) ? "yes" : "no"));

    [Test]
    public void EveryFixIsOfARule() => Assert.That(Fixable.Distinct(), Is.SubsetOf(Ids));
}
