using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Tests.Baseline;
using Vpio.Repository.Tests;

namespace Vpio.Analyzers.Tests.Pages;

/// <summary>Is the page of a rule: its title, its table, its two pieces of code.</summary>
/// <param name="page">The page.</param>
internal sealed class RulePage(MarkdownPage page)
{
    /// <summary>Gets what stands in the first heading.</summary>
    public string Title => page.Headings.First();

    /// <summary>Gets the headings of the sections.</summary>
    public IEnumerable<string> Sections => page.Headings.Skip(1);

    /// <summary>Gets the code that the rule reports.</summary>
    public string Wrong => Fences().Single(f => f is { Section: "Example", File: "" }).Code;

    /// <summary>Gets the same code, put right.</summary>
    public string Right => Fences().Single(f => f is { Section: "Fix", File: "" }).Code;

    /// <summary>Gets the baseline files that the page shows in some sections.</summary>
    /// <param name="sections">The headings.</param>
    public IEnumerable<AdditionalText> Files(params string[] sections) =>
        Fences().Where(f => f.File.Length > 0 && sections.Contains(f.Section)).Select(f => new BaselineFileText(f.File, f.Code));

    /// <summary>Gets all C# of the page, as one piece.</summary>
    public string Code => string.Concat(Fences().Where(f => f.File.Length == 0).Select(f => f.Code));

    /// <summary>Gets what the table says, or an empty text.</summary>
    /// <param name="row">The name of the row.</param>
    public string this[string row] => page.TableUnder(Title).Find(cells => cells[0] == row)?[1] ?? "";

    /// <summary>Loads the page of a rule.</summary>
    /// <param name="id">The rule's id.</param>
    public static RulePage Load(string id) => new(MarkdownPage.Load(PathOf(id)));

    /// <summary>Gets where the page of a rule is, from the root.</summary>
    /// <param name="id">The rule's id.</param>
    public static string PathOf(string id) => $"docs/rules/{id}.md";

    private IEnumerable<(string Section, string File, string Code)> Fences() =>
        from fence in page.Fences
        let words = fence.Language.Split(' ')
        where words is ["csharp"] or ["abi", _]
        select (fence.Section, words.ElementAtOrDefault(1) ?? "", fence.Code);
}
