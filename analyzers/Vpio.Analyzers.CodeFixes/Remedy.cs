namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is a repair.</summary>
/// <param name="Title">What it does, in the imperative.</param>
/// <param name="Apply">Does it.</param>
internal sealed record Remedy(string Title, Func<Solution> Apply)
{
    /// <summary>Makes a repair inside the file that was reported.</summary>
    public Remedy(string title, Site site, Func<SyntaxNode> newRoot)
        : this(title, () => site.Document.WithSyntaxRoot(newRoot()).Project.Solution)
    {
    }
}
