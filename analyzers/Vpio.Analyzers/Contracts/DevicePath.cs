using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Contracts;

/// <summary>Names a device from the view of a member: a parameter or the receiver, then members of it.</summary>
/// <param name="Parameter">The parameter that the path starts at, or null for the receiver.</param>
/// <param name="Members">The fields and properties that lead on from there.</param>
internal sealed record DevicePath(IParameterSymbol? Parameter, ImmutableArray<ISymbol> Members)
{
    /// <summary>The receiver itself.</summary>
    public static readonly DevicePath Receiver = new(null, ImmutableArray<ISymbol>.Empty);

    /// <summary>Binds text to symbols.</summary>
    /// <param name="text">Names with dots between them; the first is a parameter, or a member of the containing type.</param>
    /// <param name="member">What carries the attribute.</param>
    /// <returns>The path, or null when a name is not found.</returns>
    public static DevicePath? Bind(string text, ISymbol member)
    {
        string[] names = text.Split('.');
        IParameterSymbol? parameter = ParametersOf(member).FirstOrDefault(p => p.Name == names[0]);
        ITypeSymbol? type = parameter?.Type ?? (member as ITypeSymbol ?? member.ContainingType);
        ImmutableArray<ISymbol>.Builder members = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (string name in parameter is null ? names : names.Skip(1))
        {
            if (Find(type, name) is not { } found)
                return null;
            members.Add(found);
            type = TypeOf(found);
        }

        return new DevicePath(parameter, members.ToImmutable());
    }

    /// <summary>Gets the parameters that a path may start at.</summary>
    public static ImmutableArray<IParameterSymbol> ParametersOf(ISymbol member) => member switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.Parameters,
        IParameterSymbol parameter => ParametersOf(parameter.ContainingSymbol),
        _ => ImmutableArray<IParameterSymbol>.Empty,
    };

    /// <summary>Gets whether a parameter is that of a primary constructor, so that all members can use it.</summary>
    public static bool IsOfPrimaryConstructor(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { Parent.Parent: TypeDeclarationSyntax };

    /// <summary>Compares two paths of members that override one another: parameters by position.</summary>
    public bool Matches(DevicePath other) =>
        (Parameter?.Ordinal ?? -1) == (other.Parameter?.Ordinal ?? -1) &&
        Members.Length == other.Members.Length &&
        Members.Zip(other.Members, (a, b) => a.Name == b.Name).All(same => same);

    private static ISymbol? Find(ITypeSymbol? type, string name)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (FindIn(t, name) is { } found)
                return found;
        }

        return type?.AllInterfaces.Select(i => FindIn(i, name)).FirstOrDefault(s => s is not null);
    }

    private static ISymbol? FindIn(ITypeSymbol type, string name) =>
        type.GetMembers(name).FirstOrDefault(m => m is IFieldSymbol or IPropertySymbol) ??
        (type as INamedTypeSymbol)?.InstanceConstructors.SelectMany(c => c.Parameters).FirstOrDefault(p => p.Name == name && IsOfPrimaryConstructor(p));

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };
}
