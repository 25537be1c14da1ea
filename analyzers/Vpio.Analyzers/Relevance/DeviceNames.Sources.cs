using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Relevance;

/// <content>Names in source: what attributes stand on, and aliases, are told from syntax, for to bind them all would cost more than it saves.</content>
internal sealed partial class DeviceNames
{
    private static IEnumerable<UsingDirectiveSyntax> UsingsOf(SyntaxNode root) => root
        .ChildNodes().SelectMany(n => n is BaseNamespaceDeclarationSyntax space ? space.DescendantNodes(d => d is BaseNamespaceDeclarationSyntax) : [n])
        .OfType<UsingDirectiveSyntax>();

    private void AddAttributeAlias(UsingDirectiveSyntax directive)
    {
        string alias = directive.Alias!.Name.Identifier.ValueText, target = LastOf(directive.Name);
        if (!_attributes.Contains(target))
            return;
        _attributes.Add(alias);
        if (IsSilent(target))
            _silent.Add(alias);
        if (alias.EndsWith("Attribute", StringComparison.Ordinal))
            AddAttribute(alias);
    }

    // An alias may stand for another one, of a file that comes later.
    private void AddTypeAliases(UsingDirectiveSyntax[] aliases)
    {
        UsingDirectiveSyntax[] rest = aliases.Where(a => !Names(a.NamespaceOrType)).ToArray();
        foreach (UsingDirectiveSyntax alias in aliases.Except(rest))
            _names.Add(alias.Alias!.Name.Identifier.ValueText);
        if (rest.Length < aliases.Length)
            AddTypeAliases(rest);
    }

    private bool Names(SyntaxNode type) => type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(n => _names.Contains(n.Identifier.ValueText));

    private void AddSource(SyntaxNode root, string text)
    {
        if (!_attributes.AnyIn(text))
            return;
        foreach (AttributeSyntax attribute in root.DescendantNodes(n => n is not (BlockSyntax or ExpressionSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax)).OfType<AttributeSyntax>())
        {
            string name = LastOf(attribute.Name);
            if (!_attributes.Contains(name))
                continue;
            _found = true;
            if (IsSilent(name))
                continue;
            _hasConstructor |= attribute.Parent?.Parent is ParameterSyntax { Parent.Parent: TypeDeclarationSyntax };
            AddDeclaration(attribute.FirstAncestorOrSelf<MemberDeclarationSyntax>());
        }
    }

    private void AddDeclaration(MemberDeclarationSyntax? declaration)
    {
        string type = declaration?.Parent is BaseTypeDeclarationSyntax containing ? containing.Identifier.ValueText : "";
        switch (declaration)
        {
            case MethodDeclarationSyntax or PropertyDeclarationSyntax or EventDeclarationSyntax: AddMember(NameOf(declaration), type); break;
            case IndexerDeclarationSyntax: AddMember("this[]", type); break;
            case ConstructorDeclarationSyntax: AddMember(".ctor", type); break;
            case BaseFieldDeclarationSyntax field:
                foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
                    AddMember(variable.Identifier.ValueText, type);
                break;
            case TypeDeclarationSyntax declared: AddType(declared.Identifier.ValueText, declared.Members.Select(NameOf)); break;
            default:
                _found = _isAll = true;
                break;
        }
    }

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax @event => @event.Identifier.ValueText,
        _ => "",
    };
}
