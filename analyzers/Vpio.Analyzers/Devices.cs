using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers;

/// <summary>Tells at a glance whether a compilation can have to do with a device at all.</summary>
internal static class Devices
{
    // Who uses the attributes names their namespace somewhere, be it in a global using.
    private static readonly string Word = ContractReader.Namespace.Substring(ContractReader.Namespace.LastIndexOf('.') + 1);

    /// <summary>Gets whether the compilation may know a device: of its own, or of a library that knows the attributes.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="marker">One of the attributes.</param>
    /// <param name="cancel">Ends the look.</param>
    public static bool MayBeKnown(Compilation compilation, INamedTypeSymbol marker, CancellationToken cancel)
    {
        IAssemblySymbol home = marker.ContainingAssembly;
        return SymbolEqualityComparer.Default.Equals(home, compilation.Assembly) ||
            compilation.SourceModule.ReferencedAssemblySymbols.Any(a => a.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == home.Name))) ||
            compilation.SyntaxTrees.Any(t => t.GetText(cancel).ToString().Contains(Word));
    }
}
