namespace Vpio.Repository.Tests;

/// <summary>Holds the pages together: every link within the tree leads somewhere.</summary>
[TestFixture]
internal sealed class LinksTests
{
    private static IEnumerable<string> Pages => Checkout.Files(".md");

    [TestCaseSource(nameof(Pages))]
    public void EveryLinkLeadsToAFileAndAHeading(string page) => Assert.That(Links.Broken(MarkdownPage.Load(page)), Is.Empty);

    [TestCase("[abi](docs/abi.md)", ExpectedResult = 0)]
    [TestCase("[pages](docs/abi.md#device-page)", ExpectedResult = 0)]
    [TestCase("[elsewhere](https://example.org/x.md#y)", ExpectedResult = 0)]
    [TestCase("`[code](no/such.md)`", ExpectedResult = 0)]
    [TestCase("```\n[code](no/such.md)\n```", ExpectedResult = 0)]
    [TestCase("# Here\n[here](#here)", ExpectedResult = 0)]
    [TestCase("[gone](docs/no-such-page.md)", ExpectedResult = 1)]
    [TestCase("[gone](docs/abi.md#no-such-heading)", ExpectedResult = 1)]
    [TestCase("# Here\n[gone](#there)", ExpectedResult = 1)]
    [TestCase("![gone](docs/no-such-picture.svg)", ExpectedResult = 1)]
    public int APlantedLinkIsJudgedByWhereItLeads(string text) => Links.Broken(new MarkdownPage("PLANTED.md", text)).Count();
}
