using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Contracts;

/// <summary>Is what the ownership attributes say of a type.</summary>
/// <param name="Scoped">A value owns one hold, and its Dispose gives it back.</param>
/// <param name="Inverse">A value gives the hold back when made and takes it again when disposed.</param>
/// <param name="NonCopyable">A value must not be copied.</param>
/// <param name="View">A value is valid only while the device stays held.</param>
/// <param name="Device">Some member speaks of who holds it.</param>
/// <param name="SameAs">The device that each instance is part of.</param>
internal sealed record TypeTraits(bool Scoped, bool Inverse, bool NonCopyable, bool View, bool Device, DevicePath? SameAs)
{
    /// <summary>Reads a type.</summary>
    public static TypeTraits Read(ITypeSymbol type, INamespaceSymbol home)
    {
        bool scoped = false, inverse = false, nonCopyable = false, view = false;
        DevicePath? sameAs = null;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (!ContractReader.IsOurs(attribute, home))
                continue;
            switch (attribute.AttributeClass!.Name)
            {
                case "ScopedOwnershipAttribute":
                    scoped = true;
                    inverse = attribute.NamedArguments.Any(a => a.Key == "Inverse" && a.Value.Value is true);
                    break;
                case "NonCopyableAttribute": nonCopyable = true; break;
                case "OwnershipAliasAttribute": view = true; break;
                case "SameAsAttribute": sameAs = DevicePath.Bind(attribute.ConstructorArguments[0].Value as string ?? "", type); break;
            }
        }

        return new TypeTraits(scoped, inverse, nonCopyable, view, IsDevice(type, home), sameAs);
    }

    private static bool IsDevice(ITypeSymbol type, INamespaceSymbol home) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface &&
        type.GetMembers().Any(m => m is IMethodSymbol or IPropertySymbol or IEventSymbol && m.GetAttributes().Any(a => IsOwn(a, home)));

    // An attribute with a path speaks of another device than the instance.
    private static bool IsOwn(AttributeData attribute, INamespaceSymbol home) =>
        ContractReader.IsOurs(attribute, home) &&
        attribute.AttributeClass!.Name is "RequiresHeldAttribute" or "AcquiresAttribute" or "TryAcquiresAttribute" or "ReleasesAttribute" &&
        attribute.ConstructorArguments.All(a => a.Kind != TypedConstantKind.Array || a.Values.IsDefaultOrEmpty);
}
