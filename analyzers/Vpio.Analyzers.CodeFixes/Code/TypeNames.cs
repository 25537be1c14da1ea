namespace Vpio.Analyzers.CodeFixes;

/// <summary>Writes names of types as short as they are understood at a place.</summary>
internal static class TypeNames
{
    /// <summary>Gets the type's own name where that is known, otherwise with its namespace.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The type's name.</param>
    /// <param name="model">The meaning of the file.</param>
    /// <param name="position">The place.</param>
    public static string Shortest(string space, string name, SemanticModel model, int position) =>
        model.LookupNamespacesAndTypes(position, name: name).OfType<INamedTypeSymbol>().Any(t => t.ContainingNamespace.ToDisplayString() == space) ? name : $"{space}.{name}";

    /// <summary>Gets how an attribute is written: as <see cref="Shortest"/>, and without its ending.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The attribute's name without its ending.</param>
    /// <param name="model">The meaning of the file.</param>
    /// <param name="position">The place.</param>
    public static string ShortestAttribute(string space, string name, SemanticModel model, int position)
    {
        const string Ending = "Attribute";
        string written = Shortest(space, name + Ending, model, position);
        return written.Substring(0, written.Length - Ending.Length);
    }
}
