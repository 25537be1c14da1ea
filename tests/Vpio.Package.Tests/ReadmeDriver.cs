using System.Text.RegularExpressions;
using Vpio.Repository.Tests;

namespace Vpio.Package.Tests;

/// <summary>Is the driver that README.md shows to who has never written one.</summary>
/// <param name="Commands">The commands that make its project.</param>
/// <param name="Code">The driver.</param>
/// <param name="Output">What it prints.</param>
internal sealed partial record ReadmeDriver(string[] Commands, string Code, string Output)
{
    private const string Heading = "\n## A first driver\n";

    /// <summary>Reads what stands under "A first driver": a block of commands, a block of C#, and what that prints.</summary>
    public static ReadmeDriver Load()
    {
        string[] parts = Checkout.Read("README.md").ReplaceLineEndings("\n").Split(Heading);
        Assert.That(parts, Has.Length.EqualTo(2), $"README.md has no heading \"{Heading.Trim()}\".");
        CodeFence[] fences = [.. new MarkdownPage("README.md", parts[1]).Fences.Take(2)];
        Assert.That(fences.Select(fence => fence.Language), Is.EqualTo(new[] { "", "csharp" }), $"Under \"{Heading.Trim()}\" README.md shows the commands first, and then the driver.");
        Match output = Printed().Match(parts[1]);
        Assert.That(output.Success, "README.md says in no line that begins with \"It prints\" what the driver prints.");
        return new ReadmeDriver(fences[0].Code.TrimEnd().Split('\n'), fences[1].Code, output.Groups["line"].Value);
    }

    /// <summary>Reads the commands under "The packages".</summary>
    public static string[] PackageCommands() =>
        new MarkdownPage("README.md", Checkout.Read("README.md").ReplaceLineEndings("\n").Split("\n## The packages\n")[1]).Fences.First().Code.TrimEnd().Split('\n');

    [GeneratedRegex("^It prints `(?<line>[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
