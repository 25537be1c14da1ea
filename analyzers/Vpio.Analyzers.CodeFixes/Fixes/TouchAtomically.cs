using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Reads a shared word by Volatile, and writes it by Volatile or Interlocked.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TouchAtomically))]
public sealed class TouchAtomically() : RuleFix("VPIO2006")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not ExpressionSyntax word || site.Model.GetTypeInfo(word).Type is not { } type || !ReferenceablePlace.Is(word, site.Model) || IsInTree(word, site.Model))
            return null;
        return word.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == word => IsStatement(assignment, site.Model) ? Written(site, assignment, word, type) : null,
            PostfixUnaryExpressionSyntax step => IsStatement(step, site.Model) ? Stepped(site, step, word, type, step.OperatorToken) : null,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => Stepped(site, step, word, type, step.OperatorToken),
            _ => PlaceUse.IsValue(word, site.Model) ? Read(site, word, type) : null,
        };
    }

    private static Remedy? Read(Site site, ExpressionSyntax word, ITypeSymbol type)
    {
        bool isReadOnly = ReferenceablePlace.IsReadOnly(word, site.Model);
        return Method(site, "Volatile", "Read", type) is not { } method || (isReadOnly && method.Parameters[0].RefKind == RefKind.Ref)
            ? null
            : Replace(site, word, method, [Reference(word.WithoutLeadingTrivia().WithoutTrailingTrivia(), isReadOnly ? SyntaxKind.InKeyword : SyntaxKind.RefKeyword)], []);
    }

    private static Remedy? Written(Site site, AssignmentExpressionSyntax assignment, ExpressionSyntax word, ITypeSymbol type)
    {
        (string owner, string name) = assignment.Kind() switch
        {
            SyntaxKind.SimpleAssignmentExpression => ("Volatile", "Write"),
            SyntaxKind.AddAssignmentExpression => ("Interlocked", "Add"),
            SyntaxKind.OrAssignmentExpression => ("Interlocked", "Or"),
            SyntaxKind.AndAssignmentExpression => ("Interlocked", "And"),
            _ => ("", ""),
        };
        if (owner.Length == 0 || Method(site, owner, name, type) is not { } method || site.Model.GetOperation(assignment) is ICompoundAssignmentOperation { IsChecked: true } || assignment.Right.DescendantNodesAndSelf().Any(n => n is AwaitExpressionSyntax or RefExpressionSyntax))
            return null;
        SyntaxToken comma = SyntaxFactory.Token(Comments(assignment.OperatorToken.LeadingTrivia), SyntaxKind.CommaToken, assignment.OperatorToken.TrailingTrivia);
        ExpressionSyntax place = word.WithoutLeadingTrivia().WithTrailingTrivia(Comments(word.GetTrailingTrivia()));
        return Replace(site, assignment, method, [Reference(place, SyntaxKind.RefKeyword), SyntaxFactory.Argument(assignment.Right.WithoutTrailingTrivia())], [comma]);
    }

    private static Remedy? Stepped(Site site, ExpressionSyntax step, ExpressionSyntax word, ITypeSymbol type, SyntaxToken sign) =>
        Method(site, "Interlocked", sign.IsKind(SyntaxKind.PlusPlusToken) ? "Increment" : "Decrement", type) is { } method && site.Model.GetOperation(step) is IIncrementOrDecrementOperation { IsChecked: false }
            ? Replace(site, step, method, [Reference(word == step.ChildNodes().First() && step is PostfixUnaryExpressionSyntax ? word.WithoutLeadingTrivia().WithTrailingTrivia(Comments(word.GetTrailingTrivia())) : word.WithLeadingTrivia(Comments(word.GetLeadingTrivia())).WithoutTrailingTrivia(), SyntaxKind.RefKeyword)], [])
            : null;

    private static Remedy Replace(Site site, ExpressionSyntax old, IMethodSymbol method, ArgumentSyntax[] arguments, SyntaxToken[] commas)
    {
        string owner = method.ContainingType.Name, name = TypeNames.Shortest("System.Threading", owner, site.Model, old.SpanStart);
        ExpressionSyntax call = SyntaxFactory.InvocationExpression(SyntaxFactory.ParseExpression($"{name}.{method.Name}"), SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments, commas)));
        return new Remedy($"Use '{owner}.{method.Name}'", site, () => site.Root.ReplaceNode(old, call.WithTriviaFrom(old)));
    }

    private static ArgumentSyntax Reference(ExpressionSyntax place, SyntaxKind keyword) =>
        SyntaxFactory.Argument(null, SyntaxFactory.Token(keyword).WithTrailingTrivia(SyntaxFactory.Space), place);

    private static SyntaxTriviaList Comments(SyntaxTriviaList trivia) => SyntaxFactory.TriviaList(trivia.Reverse().SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());

    // The one for exactly this type of word, in the framework that is compiled against.
    private static IMethodSymbol? Method(Site site, string owner, string name, ITypeSymbol type) =>
        site.Model.Compilation.GetTypeByMetadataName($"System.Threading.{owner}")?.GetMembers(name).OfType<IMethodSymbol>()
            .FirstOrDefault(m => !m.IsGenericMethod && SymbolEqualityComparer.Default.Equals(m.Parameters[0].Type, type));

    // Where nobody takes the value of it.
    private static bool IsStatement(ExpressionSyntax expression, SemanticModel model) =>
        expression.Parent is ExpressionStatementSyntax || (expression.Parent is ForStatementSyntax loop && loop.Condition != expression) ||
        (Bodies.ExpressionAround(expression) == expression && !Bodies.ReturnsValue(expression, model));

    private static bool IsInTree(ExpressionSyntax word, SemanticModel model) =>
        word.Ancestors().OfType<LambdaExpressionSyntax>().Any(l => model.GetTypeInfo(l).ConvertedType is { Name: "Expression" });
}
