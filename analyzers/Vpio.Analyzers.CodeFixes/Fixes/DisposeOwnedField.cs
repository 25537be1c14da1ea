using Microsoft.CodeAnalysis.CodeFixes;

namespace Vpio.Analyzers.CodeFixes;

/// <summary>Disposes of a handle in a field where its owner is disposed of.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DisposeOwnedField))]
public sealed class DisposeOwnedField() : RuleFix("VPIO1008")
{
    /// <inheritdoc/>
    internal override Remedy? RemedyFor(Site site)
    {
        if (site.Node is not VariableDeclaratorSyntax field || field.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || site.Model.GetDeclaredSymbol(field) is not IFieldSymbol symbol || !symbol.Type.GetMembers("Dispose").Any())
            return null;
        if (type.Members.OfType<MethodDeclarationSyntax>().FirstOrDefault(m => m is { Identifier.ValueText: "Dispose", ParameterList.Parameters.Count: 0, Body: not null }) is not { Body: { } body })
            return null;
        StatementSyntax dispose = Write.OnItsLine(SyntaxFactory.ParseStatement($"{field.Identifier}{(symbol.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? "?" : "")}.Dispose();")).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
        return new Remedy($"Dispose of '{field.Identifier}' in Dispose", site, () => site.Root.ReplaceNode(body, body.AddStatements(dispose).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation)));
    }
}
