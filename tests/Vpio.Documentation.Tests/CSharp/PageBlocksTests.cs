using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.CSharp;

/// <summary>Holds the C# of every page to the compiler and the analyzers.</summary>
[TestFixture]
internal sealed class PageBlocksTests
{
    private static IEnumerable<TestCaseData> Blocks => PageBlocks.All.Select(block => new TestCaseData(block).SetArgDisplayNames(block.ToString()));

    [TestCaseSource(nameof(Blocks))]
    public async Task ABlockCompilesAndIsReportedWhereItSays(CodeFence block) => Assert.That(await PageBlocks.FaultsOf(block), Is.Empty);

    [Test]
    public void EveryPageIsCompiledHereOrByTheTestsOfTheRules()
    {
        CodeFence[] all = [.. Checkout.Files(".md").SelectMany(path => PageBlocks.Of(MarkdownPage.Load(path)))];
        int here = PageBlocks.All.Count();
        int rules = all.Count(block => PageBlocks.IsOfTheRules(block.Page));
        TestContext.Out.WriteLine($"{all.Length} blocks of C# in the pages: {here} compiled here, {rules} with the rules.");
        Assert.That(here + rules, Is.EqualTo(all.Length));
        Assert.That(here, Is.Positive);
    }

    [TestCase("device.Grab().Dispose();", ExpectedResult = 0)]
    [TestCase("public void Touch(GuestDevice device) => device.Grab().Dispose();", ExpectedResult = 0)]
    [TestCase("using Vpio.GuestDriver;\nConsole.WriteLine(typeof(GuestDevice));", ExpectedResult = 0)]
    [TestCase("device.Grasp();", ExpectedResult = 1, Description = "no such member")]
    [TestCase("int x = ;", ExpectedResult = 1, Description = "no C#")]
    [TestCase("using Vpio.Abi;\nConsole.WriteLine(typeof(GuestDevice));", ExpectedResult = 1, Description = "a whole file without a directive that it needs")]
    [TestCase("DeviceLease lease = device.Grab();", ExpectedResult = 1, Description = "never released")]
    [TestCase("DeviceLease lease = device.Grab(); // VPIO1008", ExpectedResult = 0, Description = "never released, and said so")]
    [TestCase("device.Grab().Dispose(); // VPIO1008", ExpectedResult = 1, Description = "right, though the comment says that it is wrong")]
    public async Task<int> APlantedBlockIsJudged(string code)
    {
        MarkdownPage page = new("PLANTED.md", $"# Planted\n\n```csharp\n{code}\n```\n");
        return (await PageBlocks.FaultsOf(PageBlocks.Of(page).Single())).Count();
    }
}
