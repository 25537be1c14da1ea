using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Declares a variable with a delegate type that says what the method demands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DelegateWithContract))]
public sealed class DelegateWithContract() : RuleFix("VPIO1026")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Model.GetSymbolInfo(site.Node).Symbol is not IMethodSymbol method || site.Node.Parent is not EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } || Fitting(method, site) is not { } type)
            return null;
        TypeSyntax written = SyntaxFactory.ParseTypeName(type.ToMinimalDisplayString(site.Model, declaration.SpanStart)).WithTriviaFrom(declaration.Type);
        return new Remedy($"Declare it as '{written.WithoutTrivia()}'", site, () => site.Root.ReplaceNode(declaration.Type, written));
    }

    private static INamedTypeSymbol? Fitting(IMethodSymbol method, Site site) => site.Model.Compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
        .Where(t => t is { TypeKind: TypeKind.Delegate, IsGenericType: false, DelegateInvokeMethod: { } invoke } && HasSameShape(invoke, method) && site.Model.IsAccessible(site.Node.SpanStart, t))
        .OrderBy(t => t.Name, StringComparer.Ordinal)
        .FirstOrDefault(t => Contract(method, method).Count > 0 && Contract(t, t.DelegateInvokeMethod!).SetEquals(Contract(method, method)));

    private static bool HasSameShape(IMethodSymbol invoke, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(invoke.ReturnType, method.ReturnType) && invoke.Parameters.Length == method.Parameters.Length &&
        invoke.Parameters.Zip(method.Parameters, (a, b) => a.RefKind == b.RefKind && SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(same => same);

    // Parameters are compared by their places: the names may differ.
    private static HashSet<string> Contract(ISymbol symbol, IMethodSymbol signature) =>
        [.. OwnershipAttributes.All(symbol).SelectMany(a => OwnershipAttributes.PathsOf(a).Select(p => $"{a.AttributeClass!.Name} {Place(p, signature)}"))];

    private static string Place(string path, IMethodSymbol signature)
    {
        string first = path.Split('.')[0];
        return signature.Parameters.FirstOrDefault(p => p.Name == first) is { } parameter ? parameter.Ordinal + path.Substring(first.Length) : path;
    }
}
