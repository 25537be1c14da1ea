namespace Vpio.Analyzers.CodeFixes;

/// <summary>Reads and writes the ownership attributes, which are known by name only.</summary>
internal static class OwnershipAttributes
{
    private const string Home = "Vpio.Abi.Ownership";

    /// <summary>Gets the attribute with a short name that a symbol carries, if it does. Accessors carry those of their property too.</summary>
    public static AttributeData? Get(ISymbol symbol, string name) =>
        All(symbol).FirstOrDefault(a => a.AttributeClass!.Name == name + "Attribute") ??
        (symbol is IMethodSymbol { AssociatedSymbol: { } property } ? Get(property, name) : null);

    /// <summary>Gets whether a symbol carries an attribute.</summary>
    public static bool Has(ISymbol symbol, string name) => Get(symbol, name) is not null;

    /// <summary>Gets all ownership attributes of a symbol.</summary>
    public static IEnumerable<AttributeData> All(ISymbol symbol) =>
        symbol.GetAttributes().Where(a => a.AttributeClass?.ContainingNamespace?.ToDisplayString() == Home);

    /// <summary>Gets the device paths of an attribute; none means the receiver.</summary>
    public static ImmutableArray<string> PathsOf(AttributeData attribute)
    {
        TypedConstant last = attribute.ConstructorArguments.LastOrDefault();
        return last.Kind == TypedConstantKind.Array && !last.IsNull
            ? last.Values.Select(v => v.Value as string ?? "").ToImmutableArray()
            : ImmutableArray<string>.Empty;
    }

    /// <summary>Gets whether an attribute's flag is set.</summary>
    public static bool Flag(AttributeData attribute, string name) => attribute.NamedArguments.Any(a => a.Key == name && a.Value.Value is true);

    /// <summary>Gets the bool that an attribute begins with.</summary>
    public static bool? Truth(AttributeData? attribute) => attribute?.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: bool truth } ? truth : null;

    /// <summary>Writes an attribute, by its short name where that is known.</summary>
    public static AttributeSyntax Write(string name, SemanticModel model, int position, params ExpressionSyntax[] arguments)
    {
        NameSyntax written = SyntaxFactory.ParseName(TypeNames.ShortestAttribute(Home, name, model, position));
        return arguments.Length == 0
            ? SyntaxFactory.Attribute(written)
            : SyntaxFactory.Attribute(written, SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(arguments.Select(SyntaxFactory.AttributeArgument))));
    }

    /// <summary>Writes a device path as an argument: with nameof, so that renaming finds it, when it is one name.</summary>
    public static ExpressionSyntax Path(string path) => path.Contains('.')
        ? SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(path))
        : SyntaxFactory.ParseExpression($"nameof({path})");
}
