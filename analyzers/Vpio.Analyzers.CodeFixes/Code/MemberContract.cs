using Microsoft.CodeAnalysis.Formatting;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is the member around a place, when its callers can be told something about a device with an attribute.</summary>
/// <param name="Declaration">The member.</param>
/// <param name="Symbol">What it declares.</param>
/// <param name="Path">The device from the view of the member; empty for the receiver.</param>
internal sealed record MemberContract(SyntaxNode Declaration, ISymbol Symbol, string Path)
{
    /// <summary>Gets the member, or null when an attribute there would not be kept or not be seen.</summary>
    public static MemberContract? Around(Site site, DeviceReference device)
    {
        SyntaxNode declaration = Bodies.Around(site.Node);
        if (declaration is AccessorDeclarationSyntax { Parent.Parent: { } property })
            declaration = property;
        if (declaration is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax or OperatorDeclarationSyntax) ||
            site.Model.GetDeclaredSymbol(declaration) is not { } symbol || IsDeferred(symbol, declaration) || StandsForAnother(symbol) || PathOf(device, symbol, site.Model) is not { } path)
            return null;
        return new MemberContract(declaration, symbol, path);
    }

    /// <summary>Writes an attribute that names the device.</summary>
    public AttributeSyntax Write(string name, SemanticModel model, params ExpressionSyntax[] first) =>
        OwnershipAttributes.Write(name, model, Declaration.SpanStart, Path.Length == 0 ? first : first.Append(OwnershipAttributes.Path(Path)).ToArray());

    /// <summary>Puts an attribute before the member, on a line of its own.</summary>
    public static SyntaxNode Add(SyntaxNode root, SyntaxNode declaration, AttributeSyntax attribute)
    {
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
        SyntaxTriviaList leading = declaration.GetLeadingTrivia();
        SyntaxNode bare = declaration.WithLeadingTrivia(leading.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } indentation ? SyntaxFactory.TriviaList(indentation) : default);
        SyntaxNode with = bare switch
        {
            MemberDeclarationSyntax member => member.WithAttributeLists(member.AttributeLists.Insert(0, list)),
            LocalFunctionStatementSyntax local => local.WithAttributeLists(local.AttributeLists.Insert(0, list)),
            _ => bare,
        };
        return root.ReplaceNode(declaration, with.WithLeadingTrivia(leading));
    }

    private static bool IsDeferred(ISymbol symbol, SyntaxNode declaration) =>
        symbol is IMethodSymbol { IsAsync: true } || declaration.DescendantNodes(n => n == declaration || n is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).Any(n => n is YieldStatementSyntax);

    // Who calls through the base knows only what the base says.
    private static bool StandsForAnother(ISymbol symbol) =>
        symbol.IsOverride || symbol is IMethodSymbol { ExplicitInterfaceImplementations.IsEmpty: false } or IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false } ||
        (symbol.ContainingType is { TypeKind: not TypeKind.Interface } type && type.AllInterfaces.SelectMany(i => i.GetMembers()).Any(m => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(m), symbol)));

    private static string? PathOf(DeviceReference device, ISymbol member, SemanticModel model)
    {
        if (device.Expression is null or ThisExpressionSyntax)
            return member.IsStatic ? null : "";
        string text = device.Text.StartsWith("this.", StringComparison.Ordinal) ? device.Text.Substring("this.".Length) : device.Text;
        string first = text.Split('.')[0];
        if (!text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.'))
            return null;
        bool isParameter = member is IMethodSymbol method ? method.Parameters.Any(p => p.Name == first) : member is IPropertySymbol property && property.Parameters.Any(p => p.Name == first);
        return isParameter || model.LookupSymbols(member.Locations[0].SourceSpan.Start, member.ContainingType, first).Any(s => s is IFieldSymbol or IPropertySymbol) ? text : null;
    }
}
