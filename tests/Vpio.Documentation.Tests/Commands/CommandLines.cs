using Vpio.Repository.Tests;
using Vpio.Tool;

namespace Vpio.Documentation.Tests.Commands;

/// <summary>Reads the command lines in pages as the programs would that they name.</summary>
/// <param name="help">Gives what <c>dotnet</c> says of one of its commands when asked for help; <see langword="null"/> when it has no such command.</param>
internal sealed class CommandLines(Func<string, string?> help)
{
    private static readonly string[] Shells = ["", "sh"];

    /// <summary>Finds the command lines of a page, without the prompt that some have.</summary>
    public static IEnumerable<(CodeFence Block, string Line)> Of(MarkdownPage page) =>
        from block in page.Fences
        where Shells.Contains(block.Language)
        from line in block.Code.Split('\n')
        let command = line.StartsWith("$ ", StringComparison.Ordinal) ? line[2..] : line
        where command.StartsWith("vpio ", StringComparison.Ordinal) || command.StartsWith("dotnet ", StringComparison.Ordinal)
        select (block, command);

    /// <summary>Finds what is wrong with the command lines of a page.</summary>
    public IEnumerable<string> Faults(MarkdownPage page) =>
        Of(page).SelectMany(each => FaultsOf(each.Line).Select(fault => $"{each.Block}: {each.Line}: {fault}"));

    private IEnumerable<string> FaultsOf(string line)
    {
        string[] words = line.Split(" #")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "vpio")
            return OfTheTool(words[1..]);
        int end = Array.IndexOf(words, "--");
        string[] own = end < 0 ? words : words[..end];
        bool isTheTool = own.Contains("hypervisor/Vpio.Tool");
        return OfDotnet(own[1..]).Concat(isTheTool && end >= 0 ? OfTheTool(words[(end + 1)..]) : []);
    }

    private static IEnumerable<string> OfTheTool(string[] arguments) =>
        CommandLine.Parse(arguments, _ => 0, TextWriter.Null).Errors.Select(error => error.Message);

    private IEnumerable<string> OfDotnet(string[] arguments)
    {
        int depth = arguments switch
        {
            ["nuget", ..] => 3,
            ["tool" or "new" or "package", ..] => 2,
            _ => 1,
        };
        string verb = string.Join(' ', arguments.Take(depth));
        if (help(verb) is not { } known)
            return [$"there is no dotnet {verb}"];

        // A property of a build is named by the project, not by the command.
        IEnumerable<string> options = arguments.Where(word => word.StartsWith('-') && !word.StartsWith("-p:", StringComparison.Ordinal) && !word.StartsWith("-m:", StringComparison.Ordinal));

        // What lies outside of the checkout, or is made by the command, is the reader's.
        IEnumerable<string> projects = arguments.Skip(depth).Where(word => (word.Contains('/', StringComparison.Ordinal) || word.EndsWith(".sln", StringComparison.Ordinal)) && !word.StartsWith("../", StringComparison.Ordinal) && !word.StartsWith("\"$PWD/", StringComparison.Ordinal));
        return options.Where(option => !known.Contains($"{option} ", StringComparison.Ordinal) && !known.Contains($"{option},", StringComparison.Ordinal)).Select(option => $"dotnet {verb} has no option {option}")
            .Concat(projects.Where(path => !Checkout.Exists(path)).Select(path => $"{path} is not there"));
    }
}
