using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Reads a shared word by Volatile, and writes it by Volatile or Interlocked.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TouchAtomically))]
public sealed class TouchAtomically() : RuleFix("VPIO2006")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not ExpressionSyntax word || site.Model.GetTypeInfo(word).Type is not { IsValueType: true, SpecialType: not SpecialType.None } type)
            return null;
        return word.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == word => assignment.Parent is ExpressionStatementSyntax ? Written(site, assignment, word, type) : null,
            PostfixUnaryExpressionSyntax { Parent: ExpressionStatementSyntax } step => Stepped(site, step, word, type, step.OperatorToken),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => Stepped(site, step, word, type, step.OperatorToken),
            PostfixUnaryExpressionSyntax or RefExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } => null,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } => null,
            _ => IsPassedByReference(word, site.Model) ? null : Replace(site, word, "Volatile", "Read", ReferenceTo(word, site.Model)),
        };
    }

    private static Remedy? Written(Site site, AssignmentExpressionSyntax assignment, ExpressionSyntax word, ITypeSymbol type) => assignment.Kind() switch
    {
        SyntaxKind.SimpleAssignmentExpression => Replace(site, assignment, "Volatile", "Write", $"ref {word}, {assignment.Right}"),
        SyntaxKind.AddAssignmentExpression when IsInterlocked(type) => Replace(site, assignment, "Interlocked", "Add", $"ref {word}, {assignment.Right}"),
        SyntaxKind.OrAssignmentExpression when IsInterlocked(type) => Replace(site, assignment, "Interlocked", "Or", $"ref {word}, {assignment.Right}"),
        SyntaxKind.AndAssignmentExpression when IsInterlocked(type) => Replace(site, assignment, "Interlocked", "And", $"ref {word}, {assignment.Right}"),
        _ => null,
    };

    private static Remedy? Stepped(Site site, ExpressionSyntax step, ExpressionSyntax word, ITypeSymbol type, SyntaxToken sign) =>
        IsInterlocked(type) ? Replace(site, step, "Interlocked", sign.IsKind(SyntaxKind.PlusPlusToken) ? "Increment" : "Decrement", $"ref {word}") : null;

    private static Remedy Replace(Site site, ExpressionSyntax old, string type, string method, string arguments)
    {
        string name = TypeNames.Shortest("System.Threading", type, site.Model, old.SpanStart);
        return new Remedy($"Use '{type}.{method}'", site, () => site.Root.ReplaceNode(old, SyntaxFactory.ParseExpression($"{name}.{method}({arguments})").WithTriviaFrom(old)));
    }

    private static bool IsInterlocked(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64;

    // A method that takes a read-only reference is given one without a word.
    private static bool IsPassedByReference(ExpressionSyntax word, SemanticModel model) =>
        word.Parent is ArgumentSyntax argument && model.GetOperation(argument) is Microsoft.CodeAnalysis.Operations.IArgumentOperation { Parameter.RefKind: not RefKind.None };

    private static string ReferenceTo(ExpressionSyntax word, SemanticModel model) => $"{(IsReadOnly(word, model) ? "in" : "ref")} {word}";

    private static bool IsReadOnly(ExpressionSyntax place, SemanticModel model) => model.GetSymbolInfo(place).Symbol switch
    {
        IParameterSymbol parameter => parameter.RefKind is not (RefKind.None or RefKind.Ref or RefKind.Out),
        ILocalSymbol local => local.RefKind == RefKind.RefReadOnly,
        IMethodSymbol method => method.RefKind == RefKind.RefReadOnly,
        IPropertySymbol property => property.RefKind == RefKind.RefReadOnly,
        IFieldSymbol { IsReadOnly: true } field => !field.Type.IsReferenceType,
        IFieldSymbol => place is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } member && model.GetTypeInfo(member.Expression).Type?.IsValueType == true && IsReadOnly(member.Expression, model),
        _ => false,
    };
}
