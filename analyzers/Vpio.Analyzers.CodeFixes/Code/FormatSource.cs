namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is the source of a word format: the property that gives the number back, and the members that make a word by one expression.</summary>
internal sealed class FormatSource
{
    private readonly INamedTypeSymbol _format;
    private readonly IMethodSymbol _raw;
    private readonly Compilation _compilation;

    private FormatSource(INamedTypeSymbol format, IPropertySymbol value, IMethodSymbol raw, Compilation compilation)
    {
        _format = format;
        Value = value;
        _raw = raw;
        _compilation = compilation;
    }

    /// <summary>Gets the property that is the number.</summary>
    public IPropertySymbol Value { get; }

    /// <summary>Finds the source; null when it is not in this compilation, or does not simply keep the number that a constructor takes.</summary>
    public static FormatSource? Of(INamedTypeSymbol format, Compilation compilation) =>
        format.TypeKind == TypeKind.Struct && format.GetMembers("Value").OfType<IPropertySymbol>().FirstOrDefault() is { IsStatic: false } value && SyntaxOf(value, compilation) is { } property &&
        format.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, value.Type) && Keeps(SyntaxOf(c, compilation), c.Parameters[0].Name, property)) is { } raw
            ? new FormatSource(format, value, raw, compilation)
            : null;

    /// <summary>Gets whether an expression makes a word of a number as it is.</summary>
    public bool IsRaw(BaseObjectCreationExpressionSyntax creation, SemanticModel model) =>
        creation is { ArgumentList.Arguments.Count: 1, Initializer: null } && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(creation).Symbol, _raw);

    /// <summary>Gets the constructors and methods that make a word of their parameters, each with the expression that is the number.</summary>
    public IEnumerable<(IMethodSymbol Member, ExpressionSyntax Number, SemanticModel Model)> Makers()
    {
        foreach (IMethodSymbol member in _format.GetMembers().OfType<IMethodSymbol>().Where(m => m is { IsStatic: false, IsGenericMethod: false, Parameters.Length: > 0 } && m.Parameters.All(p => p is { RefKind: RefKind.None, IsParams: false })))
        {
            if (SyntaxOf(member, _compilation) is { } syntax && _compilation.GetSemanticModel(syntax.SyntaxTree) is { } model && NumberOf(syntax, model) is { } number)
                yield return (member, number, model);
        }
    }

    private ExpressionSyntax? NumberOf(SyntaxNode member, SemanticModel model) => member switch
    {
        ConstructorDeclarationSyntax { Initializer: { ArgumentList.Arguments: { Count: 1 } arguments } initializer, Body.Statements.Count: 0 } =>
            SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(initializer).Symbol, _raw) ? arguments[0].Expression : null,
        MethodDeclarationSyntax { ExpressionBody.Expression: BaseObjectCreationExpressionSyntax made } => IsRaw(made, model) ? made.ArgumentList!.Arguments[0].Expression : null,
        MethodDeclarationSyntax { Body.Statements: { Count: 1 } only } when only[0] is ReturnStatementSyntax { Expression: BaseObjectCreationExpressionSyntax made } => IsRaw(made, model) ? made.ArgumentList!.Arguments[0].Expression : null,
        _ => null,
    };

    private static SyntaxNode? SyntaxOf(ISymbol symbol, Compilation compilation) =>
        symbol.DeclaringSyntaxReferences is { Length: 1 } references && compilation.ContainsSyntaxTree(references[0].SyntaxTree) ? references[0].GetSyntax() : null;

    private static bool Keeps(SyntaxNode? constructor, string parameter, SyntaxNode property) => (constructor, property) switch
    {
        (RecordDeclarationSyntax, ParameterSyntax) => true,
        (TypeDeclarationSyntax, PropertyDeclarationSyntax { Initializer.Value: IdentifierNameSyntax given } plain) => given.Identifier.ValueText == parameter && IsPlain(plain),
        (ConstructorDeclarationSyntax { Initializer: null } written, PropertyDeclarationSyntax { Initializer: null } plain) =>
            IsPlain(plain) && (written.ExpressionBody?.Expression ?? (written.Body?.Statements is { Count: 1 } only && only[0] is ExpressionStatementSyntax statement ? statement.Expression : null)) is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: IdentifierNameSyntax given } assignment &&
            given.Identifier.ValueText == parameter && assignment.Left is (IdentifierNameSyntax { Identifier.ValueText: "Value" } or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: "Value" }),
        _ => false,
    };

    private static bool IsPlain(PropertyDeclarationSyntax property) => property.AccessorList?.Accessors.All(a => a is { Body: null, ExpressionBody: null }) == true;
}
