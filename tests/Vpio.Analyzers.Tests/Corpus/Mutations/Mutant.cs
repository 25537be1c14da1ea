using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>A driver that was right, with one fault.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="Kind">What was done to it.</param>
/// <param name="Line">Where, in the driver that was right.</param>
/// <param name="Was">What stood there.</param>
/// <param name="Root">The driver with the fault.</param>
internal sealed record Mutant(string Driver, string Kind, int Line, string Was, SyntaxNode Root)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Driver}({Line}) {Kind}: {Was}";
}
