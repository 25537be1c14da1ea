namespace Vpio.Analyzers.CodeFixes;

/// <summary>Finds the variable that tells whether a try-grab has succeeded.</summary>
internal static class StoredResults
{
    /// <summary>Gets the test of the one grab that comes before a place, when its result was kept and nothing has been released since.</summary>
    public static ExpressionSyntax? TestFor(Site site, DeviceReference device)
    {
        DeviceUse[] before = DeviceUses.Of(site.Body, device, site.Model).Where(u => u.Node.SpanStart < site.Node.SpanStart && u.Kind != UseKind.Touch).ToArray();
        return before.Length == 1 && before[0].Kind == UseKind.Grab && before[0].Node is InvocationExpressionSyntax grab ? TestOf(grab, site.Model, site.Node.SpanStart) : null;
    }

    /// <summary>Gets the test of a grab whose result was kept in a local variable.</summary>
    public static ExpressionSyntax? TestOf(InvocationExpressionSyntax grab, SemanticModel model, int position)
    {
        string? name = grab.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.ValueText,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax target } => target.Identifier.ValueText,
            _ => null,
        };
        return name is not null && model.LookupSymbols(position, name: name).FirstOrDefault() is ILocalSymbol or IParameterSymbol && model.GetSymbolInfo(grab).Symbol is IMethodSymbol method
            ? SuccessOf(SyntaxFactory.IdentifierName(name), method)
            : null;
    }

    /// <summary>Gets the test of what a try-grab returns.</summary>
    /// <param name="result">The result, or the call itself.</param>
    /// <param name="grab">What was called.</param>
    public static ExpressionSyntax? SuccessOf(ExpressionSyntax result, IMethodSymbol grab)
    {
        if (OwnershipAttributes.Get(grab, "TryAcquires")?.ConstructorArguments.FirstOrDefault() is not { } success)
            return null;
        return success switch
        {
            { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol { Name: "Outcome" }, Value: int outcome } => outcome switch
            {
                0 => SyntaxFactory.ParseExpression($"{result} is not null"),
                1 => SyntaxFactory.ParseExpression($"{result} is null"),
                _ => SyntaxFactory.ParseExpression($"{result} != 0"),
            },
            { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type, Value: var value } => type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value)) is { } member
                ? SyntaxFactory.ParseExpression($"{result} == {type.Name}.{member.Name}")
                : null,
            { Value: true } => result,
            { Value: false } => Write.Not(result),
            { Value: int number } => SyntaxFactory.ParseExpression($"{result} == {number}"),
            { Value: string name } when result is IdentifierNameSyntax && grab.ReturnType.GetMembers(name).Length > 0 => SyntaxFactory.ParseExpression($"{result}.{name}"),
            _ => null,
        };
    }
}
