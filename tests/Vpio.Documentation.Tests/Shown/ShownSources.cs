using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Shown;

/// <summary>Compares the blocks of code that show a file of the tree, as the comment above them says, with that file.</summary>
internal static class ShownSources
{
    /// <summary>Finds the file that a block shows.</summary>
    /// <returns>Its path from the root; <see langword="null"/> when the block shows none.</returns>
    public static string? PathOf(CodeFence fence) => fence.Comment.Contains('/', StringComparison.Ordinal) ? fence.Comment : null;

    /// <summary>Finds the blocks of a page that show another text than the file has.</summary>
    public static IEnumerable<string> Differences(MarkdownPage page)
    {
        foreach (CodeFence fence in page.Fences)
        {
            if (PathOf(fence) is not { } path)
                continue;
            if (!Checkout.Exists(path))
                yield return $"{fence} shows {path}, which is not there.";
            else if (Checkout.Read(path).ReplaceLineEndings("\n") != fence.Code)
                yield return $"{fence} does not show what stands in {path}.";
        }
    }
}
