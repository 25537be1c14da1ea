using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Relevance;

/// <content>Names in libraries, from their metadata.</content>
internal sealed partial class DeviceNames
{
    private void AddLibrary(INamespaceSymbol space, INamespaceSymbol home, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (INamespaceSymbol inner in space.GetNamespaceMembers())
            AddLibrary(inner, home, cancel);
        foreach (INamedTypeSymbol type in space.GetTypeMembers())
            AddLibrary(type, home);
    }

    private void AddLibrary(INamedTypeSymbol type, INamespaceSymbol home)
    {
        if (type.GetAttributes().Any(a => IsOurs(a, home)))
            AddType(type.Name, type.MemberNames);
        _isAll |= type.TypeKind == TypeKind.Delegate && type.GetAttributes().Any(a => IsOurs(a, home));
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is INamedTypeSymbol inner)
                AddLibrary(inner, home);
            else if (AttributesOf(member).Any(a => IsOurs(a, home)))
                AddMember(NameOf(member is IMethodSymbol { AssociatedSymbol: { } associated } ? associated : member), type.Name);
        }
    }

    private static string NameOf(ISymbol member) => member is IPropertySymbol { IsIndexer: true } ? "this[]" : member.MetadataName;

    private static IEnumerable<AttributeData> AttributesOf(ISymbol member)
    {
        IEnumerable<AttributeData> attributes = member.GetAttributes().Concat(DevicePath.ParametersOf(member).SelectMany(p => p.GetAttributes()));
        return member is IMethodSymbol method ? attributes.Concat(method.GetReturnTypeAttributes()) : attributes;
    }

    private static bool IsOurs(AttributeData attribute, INamespaceSymbol home) => ContractReader.IsOurs(attribute, home) && !Silent.Contains(attribute.AttributeClass!.Name.Replace("Attribute", ""));
}
