using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells from syntax what a declaration is called by, and which types it says.</summary>
internal static class MemberNames
{
    /// <summary>Gets the names by which code reaches what is declared.</summary>
    public static IEnumerable<string> Of(SyntaxNode? declaration) => declaration switch
    {
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(v => v.Identifier.ValueText),
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        DelegateDeclarationSyntax type => [type.Identifier.ValueText],
        BaseMethodDeclarationSyntax { Parent: BaseTypeDeclarationSyntax type } => [type.Identifier.ValueText],
        IndexerDeclarationSyntax { Parent: BaseTypeDeclarationSyntax type } => [type.Identifier.ValueText],
        UsingDirectiveSyntax { Alias: { } alias } => [alias.Name.Identifier.ValueText],
        _ => [],
    };

    /// <summary>Gets the names by which code reaches what is declared or, if that is a field of a struct, what it is part of.</summary>
    public static IEnumerable<string> LeadingTo(SyntaxNode declaration) =>
        declaration is BaseFieldDeclarationSyntax { Parent: StructDeclarationSyntax holder } ? Of(declaration).Append(holder.Identifier.ValueText) : Of(declaration);

    /// <summary>Gets the pieces of code that say of which types the declared thing is, returns, takes, derives or stands for.</summary>
    public static IEnumerable<SyntaxNode> TypesIn(SyntaxNode declaration) => declaration switch
    {
        BaseFieldDeclarationSyntax field => [field.Declaration.Type],
        PropertyDeclarationSyntax property => [property.Type],
        IndexerDeclarationSyntax indexer => [indexer.Type],
        MethodDeclarationSyntax method => [method.ReturnType, .. TypesOf(method.ParameterList)],
        BaseMethodDeclarationSyntax method => TypesOf(method.ParameterList),
        DelegateDeclarationSyntax type => [type.ReturnType, .. TypesOf(type.ParameterList)],
        TypeDeclarationSyntax type => [.. TypesOf(type.ParameterList), .. type.BaseList?.Types.Select(t => (SyntaxNode)t.Type) ?? []],
        UsingDirectiveSyntax { Alias: not null } alias => [alias.NamespaceOrType],
        _ => [],
    };

    private static IEnumerable<SyntaxNode> TypesOf(ParameterListSyntax? parameters) => parameters?.Parameters.Where(p => p.Type is not null).Select(p => (SyntaxNode)p.Type!) ?? [];
}
