using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Relevance;

/// <summary>Finds the libraries that can bear an attribute: what declares it, and what references that.</summary>
internal static class KnowingLibraries
{
    /// <summary>Gets the libraries of a compilation that know an assembly of some.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="homes">The assemblies that declare the attributes.</param>
    public static IEnumerable<IAssemblySymbol> Of(Compilation compilation, IEnumerable<IAssemblySymbol> homes) =>
        compilation.SourceModule.ReferencedAssemblySymbols.Where(a => homes.Any(h => Knows(a, h)));

    private static bool Knows(IAssemblySymbol assembly, IAssemblySymbol home) =>
        SymbolEqualityComparer.Default.Equals(assembly, home) || assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == home.Name));
}
