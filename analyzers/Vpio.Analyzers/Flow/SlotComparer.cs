using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Compares what a path knows values of: variables, flow captures, fields by their path.</summary>
internal sealed class SlotComparer : IEqualityComparer<object>
{
    /// <summary>The only one.</summary>
    public static readonly SlotComparer Instance = new();

    /// <inheritdoc/>
    bool IEqualityComparer<object>.Equals(object? x, object? y) =>
        x is ISymbol a ? y is ISymbol b && SymbolEqualityComparer.Default.Equals(a, b) : object.Equals(x, y);

    /// <inheritdoc/>
    int IEqualityComparer<object>.GetHashCode(object slot) =>
        slot is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : slot.GetHashCode();
}
