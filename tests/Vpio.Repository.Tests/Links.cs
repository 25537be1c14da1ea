namespace Vpio.Repository.Tests;

/// <summary>Follows the links of Markdown pages within the tree: the file is there, and so is the heading.</summary>
internal static class Links
{
    /// <summary>Finds the links of a page that lead nowhere. Those to other sites are not followed.</summary>
    public static IEnumerable<string> Broken(MarkdownPage page) =>
        page.Links.SelectMany(link => Broken(page.Path, link, page));

    /// <summary>Judges a link from the root.</summary>
    public static IEnumerable<string> Broken(string from, string target) => Broken(from, "../" + target, self: null);

    private static IEnumerable<string> Broken(string from, string link, MarkdownPage? self)
    {
        if (link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal))
            yield break;

        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? from : Resolve(from, parts[0]);
        if (parts[0].Length > 0 && !Checkout.Exists(target))
            yield return $"{from} links to {link}, which is not there.";
        else if (parts.Length == 2 && !AnchorsOf(target, parts[0].Length == 0 ? self : null).Contains(parts[1]))
            yield return $"{from} links to {link}, but {target} has no such heading.";
    }

    private static HashSet<string> AnchorsOf(string target, MarkdownPage? page) => (page ?? MarkdownPage.Load(target)).Anchors;

    private static string Resolve(string from, string target)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, from))!;
        return Path.GetRelativePath(Checkout.Root, Path.GetFullPath(Path.Combine(folder, target))).Replace('\\', '/');
    }
}
