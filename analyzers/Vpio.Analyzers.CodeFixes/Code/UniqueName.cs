namespace Vpio.Analyzers.CodeFixes;

/// <summary>Finds a name that nothing else in a body has.</summary>
internal static class UniqueName
{
    /// <summary>Gets the name, with a number behind it when it is taken.</summary>
    public static string For(string wish, SemanticModel model, int position, SyntaxNode body)
    {
        HashSet<string> taken = [.. body.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText)];
        string name = wish;
        for (int i = 2; taken.Contains(name) || model.LookupSymbols(position, name: name).Length > 0; i++)
            name = wish + i;
        return name;
    }
}
