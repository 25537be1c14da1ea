using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Shown;

/// <summary>Holds the code that pages show to the files that they show it of.</summary>
[TestFixture]
internal sealed class ShownSourcesTests
{
    private const string Shown = "guest-driver/samples/FirstDriver/Program.cs";

    private static IEnumerable<string> Pages => Checkout.Files(".md");

    [TestCaseSource(nameof(Pages))]
    public void ABlockShowsItsFile(string page) => Assert.That(ShownSources.Differences(MarkdownPage.Load(page)), Is.Empty);

    [Test]
    public void TheFirstCodeOfTheReadmeIsTheFirstDriver() =>
        Assert.That(ShownSources.PathOf(MarkdownPage.Load("README.md").Fences.First(fence => fence.Language == "csharp")), Is.EqualTo(Shown));

    [TestCase(Shown, "", ExpectedResult = 0)]
    [TestCase(Shown, "// More.\n", ExpectedResult = 1)]
    [TestCase("guest-driver/samples/No/Such.cs", "", ExpectedResult = 1)]
    public int APlantedBlockIsComparedWithItsFile(string path, string more) =>
        ShownSources.Differences(new MarkdownPage("PLANTED.md", $"<!-- {path} -->\n```csharp\n{Checkout.Read(Shown)}{more}```\n")).Count();
}
