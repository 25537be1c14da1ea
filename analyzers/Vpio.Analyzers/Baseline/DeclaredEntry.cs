using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Baseline;

/// <summary>Is one thing of the ABI that the source declares.</summary>
/// <param name="Symbol">What declares it.</param>
/// <param name="Kind">What it is, as in <see cref="BaselineEntry.Kind"/>.</param>
/// <param name="Subject">The documentation id, as in <see cref="BaselineEntry.Subject"/>.</param>
/// <param name="Value">What is declared, or null when it cannot be told, for the code does not compile.</param>
internal sealed record DeclaredEntry(ISymbol Symbol, string Kind, string Subject, string? Value)
{
    /// <summary>Gets what a baseline would know it by.</summary>
    public string Key => $"{Kind} {Subject}";

    /// <summary>Gets what a baseline should say, or null when it cannot be told.</summary>
    public BaselineEntry? Entry => Value is null ? null : new(Kind, Subject, Value);

    /// <summary>Makes an entry that is known by the documentation id without its letter.</summary>
    /// <returns>The entry, or null for what has no such id.</returns>
    public static DeclaredEntry? Of(ISymbol symbol, string kind, string? value) =>
        symbol.GetDocumentationCommentId() is { Length: > 2 } id ? new(symbol, kind, id.Substring(2), value) : null;
}
