namespace Vpio.Repository.Tests;

/// <summary>Holds every promise of a page to a test, and every source of the code to a page.</summary>
[TestFixture]
internal sealed class CitationsTests
{
    private const string Fixture = "class RuleTests { [Test] public void Holds() { } public void Helper() { } }";

    private static IEnumerable<string> Pages => Checkout.Files(".md");

    [TestCaseSource(nameof(Pages))]
    public void EveryTestThatAPageNamesExists(string page) =>
        Assert.That(Citations.MissingTests(MarkdownPage.Load(page), SourceTree.Whole), Is.Empty);

    [Test]
    public void EachOfTheTenRulesNamesATest()
    {
        string text = Checkout.Read("docs/ownership.md");
        for (int rule = 1; rule <= 10; rule++)
        {
            string paragraph = text.Split($"\n{rule}. ")[1].Split($"\n{rule + 1}. ")[0];
            Assert.That(paragraph, Does.Match(@"\w+Tests\.\w+"), $"rule {rule} of docs/ownership.md names no test");
        }
    }

    [TestCase("`RuleTests.Holds`", ExpectedResult = 0)]
    [TestCase("`RuleTests`", ExpectedResult = 0)]
    [TestCase("tests/Vpio.Some.Tests/RuleTests.cs", ExpectedResult = 0)]
    [TestCase("`RuleTests.Breaks`", ExpectedResult = 1)]
    [TestCase("`RuleTests.Helper`", ExpectedResult = 1)]
    [TestCase("`LawTests`", ExpectedResult = 1)]
    public int APlantedTestNameIsJudgedByTheSources(string text) =>
        Citations.MissingTests(new MarkdownPage("PLANTED.md", text), new SourceTree([("RuleTests.cs", Fixture)])).Count();

    [Test]
    public void EverySectionThatTheCodeCitesExists() =>
        Assert.That(Checkout.Files(".cs").SelectMany(path => Citations.MissingSections(path, Checkout.Read(path))), Is.Empty);

    [TestCase("docs/abi.md", "Device page", ExpectedResult = 0)]
    [TestCase("docs/abi.md", "No such section", ExpectedResult = 1)]
    [TestCase("docs/no-such-page.md", "Device page", ExpectedResult = 1)]
    public int APlantedSectionIsJudgedByThePages(string page, string heading) =>
        Citations.MissingSections("Planted.cs", $"/// Source: <c>{page}</c>, \"{heading}\".").Count();
}
