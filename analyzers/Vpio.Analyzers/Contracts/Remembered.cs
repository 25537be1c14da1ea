using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Contracts;

/// <summary>Is something that is read of each symbol once, from any thread.</summary>
internal sealed class Remembered<TSymbol, TValue>(Func<TSymbol, TValue> read)
    where TSymbol : ISymbol
{
    private readonly ConcurrentDictionary<ISymbol, TValue> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Gets what is known of a symbol.</summary>
    public TValue Of(TSymbol symbol) => _known.TryGetValue(symbol, out TValue? known) ? known : _known.GetOrAdd(symbol, read(symbol));
}
