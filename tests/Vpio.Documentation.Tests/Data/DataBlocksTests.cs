using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Data;

/// <summary>Holds the data in pages to what reads it, and every block to a language that is known here.</summary>
[TestFixture]
internal sealed class DataBlocksTests
{
    private static IEnumerable<string> Pages => Checkout.Files(".md");

    [TestCaseSource(nameof(Pages))]
    public void EveryBlockIsOfALanguageThatReadsIt(string page) => Assert.That(DataBlocks.Faults(MarkdownPage.Load(page)), Is.Empty);

    [TestCase("json", "{ \"ok\": true }", ExpectedResult = 0)]
    [TestCase("json", "{ ok: true }", ExpectedResult = 1)]
    [TestCase("xml", "<A />\n<B b=\"1\" />", ExpectedResult = 0)]
    [TestCase("xml", "<A>", ExpectedResult = 1)]
    [TestCase("ini", "# why\n[*.cs]\ndotnet_diagnostic.VPIO1001.severity = error", ExpectedResult = 0)]
    [TestCase("ini", "dotnet_diagnostic.VPIO1001.severity error", ExpectedResult = 1)]
    [TestCase("klingon", "anything", ExpectedResult = 1)]
    public int APlantedBlockIsRead(string language, string text) =>
        DataBlocks.Faults(new MarkdownPage("PLANTED.md", $"```{language}\n{text}\n```\n")).Count();
}
