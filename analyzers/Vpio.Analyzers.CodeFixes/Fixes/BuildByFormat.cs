using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Makes a word by a member of its format, where that member's own expression gives the same bits, whatever the parts are.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BuildByFormat))]
public sealed class BuildByFormat() : RuleFix("VPIO2009")
{
    // So many ways to fill the parameters are tried.
    private const int MostChoices = 1000;

    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not ExpressionSyntax value || site.Property("format") is not { } name || site.Model.Compilation.GetTypeByMetadataName(name) is not { } format || FormatSource.Of(format, site.Model.Compilation) is not { } source)
            return null;
        BitExpression byHand = new(site.Model, e => PartOf(e, site.Model));
        if (byHand.Of(value) is not { } bits || source.Makers().Select(m => Built(m.Member, m.Number, m.Model, source, value, bits, byHand, site)).FirstOrDefault(b => b is not null) is not { } built)
            return null;
        ExpressionSyntax old = value.Parent?.Parent?.Parent is BaseObjectCreationExpressionSyntax creation && source.IsRaw(creation, site.Model) ? creation : value;
        return old == value && !IsGivenBack(source.Value, value, site.Model)
            ? null
            : new Remedy($"Use '{built}'", site, () => site.Root.ReplaceNode(old, SyntaxFactory.ParseExpression(old == value ? $"{built}.{source.Value.Name}" : built).WithTriviaFrom(old)));
    }

    private static bool IsGivenBack(IPropertySymbol property, ExpressionSyntax value, SemanticModel model) =>
        property.GetMethod is { } getter && model.IsAccessible(value.SpanStart, getter) && SymbolEqualityComparer.Default.Equals(property.Type, model.GetTypeInfo(value).ConvertedType);

    // The call of one member that gives the same bits: of every word and all the parts that are there.
    private static string? Built(IMethodSymbol member, ExpressionSyntax number, SemanticModel model, FormatSource source, ExpressionSyntax value, WordBits bits, BitExpression byHand, Site site)
    {
        ExpressionSyntax[] all = [.. value.DescendantNodesAndSelf().OfType<ExpressionSyntax>()];
        ExpressionSyntax?[] words = member.MethodKind == MethodKind.Constructor
            ? [null]
            : [.. all.OfType<MemberAccessExpressionSyntax>().Where(m => SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(m).Symbol, source.Value))];
        foreach (ExpressionSyntax? word in words)
        {
            foreach (ExpressionSyntax[] arguments in Choices(member, all, site.Model))
            {
                BitExpression byMember = new(model, e => model.GetSymbolInfo(e).Symbol switch
                {
                    IParameterSymbol parameter when NumberType.Of(parameter.Type) is { } type => byHand.Of(arguments[parameter.Ordinal])?.As(type),
                    IPropertySymbol own when word is not null && SymbolEqualityComparer.Default.Equals(own, source.Value) && e is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => byHand.Of(word),
                    _ => null,
                });
                string call = $"{(word is MemberAccessExpressionSyntax access ? $"{access.Expression}.{member.Name}" : $"new {member.ContainingType.ToMinimalDisplayString(site.Model, value.SpanStart)}")}({string.Join(", ", arguments.Select(a => a.ToString()))})";
                if (byMember.Of(number)?.IsSame(bits) == true && SymbolEqualityComparer.Default.Equals(site.Model.GetSpeculativeSymbolInfo(value.SpanStart, SyntaxFactory.ParseExpression(call), SpeculativeBindingOption.BindAsExpression).Symbol, member))
                    return call;
            }
        }

        return null;
    }

    private static IEnumerable<ExpressionSyntax[]> Choices(IMethodSymbol member, ExpressionSyntax[] all, SemanticModel model) =>
        member.Parameters.Aggregate<IParameterSymbol, IEnumerable<ExpressionSyntax[]>>([[]], (begun, parameter) => begun.SelectMany(b => all.Where(e => Fits(e, parameter.Type, model)).Select(e => (ExpressionSyntax[])[.. b, e]))).Take(MostChoices);

    private static bool Fits(ExpressionSyntax expression, ITypeSymbol wanted, SemanticModel model) => expression is not ParenthesizedExpressionSyntax &&
        (SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(expression).Type, wanted) || (expression is LiteralExpressionSyntax && model.ClassifyConversion(expression, wanted) is { IsImplicit: true, IsNumeric: true } or { IsImplicit: true, IsConstantExpression: true }));

    // A part is a variable or a property by its name, so that it does not matter when it is read.
    private static WordBits? PartOf(ExpressionSyntax expression, SemanticModel model) =>
        expression.DescendantNodesAndSelf().All(n => n is SimpleNameSyntax or ThisExpressionSyntax || n.RawKind == (int)SyntaxKind.SimpleMemberAccessExpression) && NumberType.Of(model.GetTypeInfo(expression).Type) is { } type
            ? WordBits.Part(string.Join(" ", expression.DescendantTokens().Select(t => t.ValueText)), type)
            : null;
}
