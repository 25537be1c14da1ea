using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Commands;

/// <summary>Holds the command lines in pages to the programs that they name.</summary>
[TestFixture]
internal sealed class CommandLinesTests
{
    private static IEnumerable<string> Pages => Checkout.Files(".md");

    [TestCaseSource(nameof(Pages))]
    public void EveryCommandLineIsUnderstood(string page) =>
        Assert.That(new CommandLines(DotnetHelp.Of).Faults(MarkdownPage.Load(page)), Is.Empty);

    [Test]
    public void ThePagesHaveCommandLines()
    {
        int lines = Pages.Sum(page => CommandLines.Of(MarkdownPage.Load(page)).Count());
        TestContext.Out.WriteLine($"{lines} command lines in the pages.");
        Assert.That(lines, Is.Positive);
    }

    [TestCase("vpio run --guests 4 --weights 1,2,4", ExpectedResult = 0)]
    [TestCase("$ vpio sim --guests 1000", ExpectedResult = 0)]
    [TestCase("dotnet run --project hypervisor/Vpio.Tool -c Release -- abi --format c --output abi/include", ExpectedResult = 0)]
    [TestCase("dotnet test Vpio.sln -m:1", ExpectedResult = 0)]
    [TestCase("dotnet nuget add source \"$PWD/artifacts\" --name vpio --configfile ../drivers/nuget.config", ExpectedResult = 0)]
    [TestCase("dotnet nuget add source ../feed --fast", ExpectedResult = 1)]
    [TestCase("vpio run --guest 4", ExpectedResult = 2, Description = "an option that is not, and its value")]
    [TestCase("vpio run --slice 5min", ExpectedResult = 1)]
    [TestCase("vpio fly", ExpectedResult = 2)]
    [TestCase("dotnet run --project hypervisor/Vpio.Tool -- run --fast", ExpectedResult = 1)]
    [TestCase("dotnet run --project hypervisor/Vpio.Gone -- run", ExpectedResult = 1)]
    [TestCase("dotnet test Vpio.sln --quick", ExpectedResult = 1)]
    [TestCase("dotnet fly", ExpectedResult = 1)]
    [TestCase("said vpio fly", ExpectedResult = 0, Description = "no command")]
    public int APlantedLineIsJudgedByItsProgram(string line) =>
        new CommandLines(DotnetHelp.Of).Faults(new MarkdownPage("PLANTED.md", $"```\n{line}\n```\n")).Count();
}
