using System.Text.RegularExpressions;
using Vpio.Repository.Tests;
using Vpio.Tool;

namespace Vpio.Documentation.Tests.Commands;

/// <summary>Holds the tables of options to the options that the commands have.</summary>
[TestFixture]
internal sealed partial class CommandTablesTests
{
    private const string Page = "docs/vpio.md";

    [TestCase("run")]
    [TestCase("sim")]
    [TestCase("check")]
    [TestCase("bench exits")]
    public void TheTableHasTheOptionsOfTheCommand(string command)
    {
        IEnumerable<string> options = CommandLine.Parse(command.Split(' '), _ => 0, TextWriter.Null).CommandResult.Command.Options.Select(option => option.Name);
        IEnumerable<string> rows = MarkdownPage.Load(Page).TableUnder($"vpio {command}").Select(row => Option().Match(row[0]).Value);
        Assert.That(rows, Is.EquivalentTo(options.Where(option => option != "--help")));
    }

    [GeneratedRegex(@"--[\w-]+")]
    private static partial Regex Option();
}
