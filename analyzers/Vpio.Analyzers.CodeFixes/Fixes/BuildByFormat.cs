using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Makes a word by the members of its format, where the parts that were put together by hand are those of one of them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BuildByFormat))]
public sealed class BuildByFormat() : RuleFix("VPIO2009")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not ExpressionSyntax value || site.Property("format") is not { } name || site.Model.Compilation.GetTypeByMetadataName(name) is not { } format)
            return null;
        Part[] parts = [.. PartsOf(value, site.Model)];
        if ((Changed(parts, format) ?? Made(parts, format, site)) is not { } built)
            return null;
        SyntaxNode creation = value.Parent?.Parent?.Parent is BaseObjectCreationExpressionSyntax raw && SymbolEqualityComparer.Default.Equals(site.Model.GetTypeInfo(raw).Type, format) ? raw : value;
        string text = creation == value ? $"{built}.Value" : built;
        return new Remedy($"Use '{built}'", site, () => site.Root.ReplaceNode(creation, SyntaxFactory.ParseExpression(text).WithTriviaFrom(creation)));
    }

    // One word with another part: a member of the format that takes that part, the plainest of several.
    private static string? Changed(Part[] parts, INamedTypeSymbol format)
    {
        if (parts.Length != 2 || parts.FirstOrDefault(p => SymbolEqualityComparer.Default.Equals(p.Owner, format)) is not { } word)
            return null;
        Part part = parts[0] == word ? parts[1] : parts[0];
        IMethodSymbol? change = format.GetMembers().OfType<IMethodSymbol>()
            .Where(m => m is { MethodKind: MethodKind.Ordinary, IsStatic: false, Parameters.Length: 1 } && SymbolEqualityComparer.Default.Equals(m.ReturnType, format) && part.Fits(m.Parameters[0].Type))
            .OrderBy(m => m.Name.Length).FirstOrDefault();
        return change is null ? null : $"{word.Text}.{change.Name}({part.TextFor(change.Parameters[0].Type)})";
    }

    private static string? Made(Part[] parts, INamedTypeSymbol format, Site site)
    {
        foreach (IMethodSymbol constructor in format.InstanceConstructors.Where(c => c.Parameters.Length == parts.Length && parts.Length > 1))
        {
            Part?[] chosen = [.. constructor.Parameters.Select(p => parts.Count(part => part.Fits(p.Type)) == 1 ? parts.Single(part => part.Fits(p.Type)) : null)];
            if (chosen.All(c => c is not null) && chosen.Distinct().Count() == parts.Length)
                return $"new {format.ToMinimalDisplayString(site.Model, site.Node.SpanStart)}({string.Join(", ", chosen.Select((c, i) => c!.TextFor(constructor.Parameters[i].Type)))})";
        }

        return null;
    }

    private static IEnumerable<Part> PartsOf(ExpressionSyntax value, SemanticModel model) => value switch
    {
        ParenthesizedExpressionSyntax inner => PartsOf(inner.Expression, model),
        CastExpressionSyntax cast when model.GetTypeInfo(cast.Expression).Type?.TypeKind != TypeKind.Enum => PartsOf(cast.Expression, model),
        CastExpressionSyntax cast => [Part.Of(cast.Expression, model)],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseOrExpression } both => PartsOf(both.Left, model).Concat(PartsOf(both.Right, model)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LeftShiftExpression or (int)SyntaxKind.BitwiseAndExpression } placed => PartsOf(placed.Left, model),
        _ => [Part.Of(value, model)],
    };

    /// <summary>Is one part of a word: an expression, and if it is the number of a value with a type, that value.</summary>
    private sealed record Part(string Text, ITypeSymbol? Type, ITypeSymbol? Owner, string Whole)
    {
        public static Part Of(ExpressionSyntax expression, SemanticModel model)
        {
            ITypeSymbol? type = model.GetTypeInfo(expression).Type;
            return expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } member && model.GetTypeInfo(member.Expression).Type is { TypeKind: TypeKind.Struct } owner
                ? new Part(member.Expression.ToString(), type, owner, expression.ToString())
                : new Part(expression.ToString(), type, null, expression.ToString());
        }

        public bool Fits(ITypeSymbol wanted) => SymbolEqualityComparer.Default.Equals(wanted, Owner) || SymbolEqualityComparer.Default.Equals(wanted, Type);

        public string TextFor(ITypeSymbol wanted) => SymbolEqualityComparer.Default.Equals(wanted, Owner) ? Text : Whole;
    }
}
