using System.Text.RegularExpressions;
using Vpio.Documentation.Tests.Shown;
using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.CSharp;

/// <summary>Finds the C# in pages, and what each block of it is compiled with.</summary>
internal static partial class PageBlocks
{
    private const string Samples = "guest-driver/samples/";

    private static readonly Lazy<string> Surroundings = new(() =>
    {
        using StreamReader reader = new(typeof(PageBlocks).Assembly.GetManifestResourceStream("Surroundings.cs")!);
        return reader.ReadToEnd();
    });

    /// <summary>Gets the blocks of all pages but those of <see cref="IsOfTheRules"/>.</summary>
    public static IEnumerable<CodeFence> All => Checkout.Files(".md").Where(path => !IsOfTheRules(path)).SelectMany(path => Of(MarkdownPage.Load(path)));

    /// <summary>Gets the blocks of a page.</summary>
    public static IEnumerable<CodeFence> Of(MarkdownPage page) => page.Fences.Where(fence => fence.Language == "csharp");

    /// <summary>Tells whether a page speaks of the rules with the devices that their tests have: <c>Vpio.Analyzers.Tests</c> compiles it.</summary>
    public static bool IsOfTheRules(string path) => RulePage().IsMatch(path);

    /// <summary>Compiles and analyses a block.</summary>
    /// <returns>What is wrong with it.</returns>
    public static async Task<IEnumerable<string>> FaultsOf(CodeFence block)
    {
        AnalysedCode code = new(block.Code, [.. Beside(block)]);
        string[] reports = await code.Report();
        string[] named = [.. code.Named];
        return reports.Except(named).Select(report => $"{block}: {report}")
            .Concat(named.Except(reports).Select(name => $"{block}: {name} is named and not reported"));
    }

    // A block that shows a file of a sample has the others beside it; one that says what it uses has nothing; the rest is a piece of something.
    private static IEnumerable<(string Name, string Text)> Beside(CodeFence block)
    {
        if (ShownSources.PathOf(block) is { } shown && shown.StartsWith(Samples, StringComparison.Ordinal))
        {
            string folder = shown[..(shown.LastIndexOf('/') + 1)];
            return Checkout.Files(".cs").Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path != shown).Select(path => (path, Checkout.Read(path)));
        }

        return block.Code.StartsWith("using ", StringComparison.Ordinal) && UsingDirective().IsMatch(block.Code) ? [] : [("Surroundings.cs", Surroundings.Value)];
    }

    [GeneratedRegex(@"^docs/(rules/VPIO\d{4}|\w+-analysis)\.md$")]
    private static partial Regex RulePage();

    [GeneratedRegex(@"\Ausing [\w.]+;")]
    private static partial Regex UsingDirective();
}
