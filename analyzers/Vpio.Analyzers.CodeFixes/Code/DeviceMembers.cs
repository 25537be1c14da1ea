namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is what a device offers to grab it, to release it and to look at it, found by the attributes.</summary>
internal sealed class DeviceMembers
{
    private readonly List<ISymbol> _members;

    private DeviceMembers(ITypeSymbol type, SemanticModel model, int position)
    {
        IEnumerable<INamespaceOrTypeSymbol> types = Bases(type).Concat(type.AllInterfaces);
        _members = types.SelectMany(t => t.GetMembers()).Where(m => !m.IsStatic && m is IMethodSymbol or IPropertySymbol && model.IsAccessible(position, m)).ToList();
        TryGrab = Method(m => m.ReturnType.SpecialType == SpecialType.System_Boolean && Plain(m, "TryAcquires") is { } a && OwnershipAttributes.Truth(a) == true);
        Grab = Method(m => m.ReturnsVoid && Plain(m, "Acquires") is { } a && !OwnershipAttributes.Flag(a, "Shared"));
        Release = Method(m => m.ReturnsVoid && Plain(m, "Releases") is not null && m.Name is not "Dispose");
        Assert = Method(m => m.ReturnsVoid && OwnershipAttributes.Has(m, "AssertsHeld"));
        Enter = Method(m => !m.ReturnsVoid && OwnershipAttributes.Has(m.ReturnType, "ScopedOwnership") && Plain(m, "Acquires") is { } a && !OwnershipAttributes.Flag(a, "Shared"));
        Poll = Property(p => OwnershipAttributes.Has(p, "Polls") && OwnershipAttributes.Truth(OwnershipAttributes.Get(p, "RevokedWhen")) is not null);
        Proof = Property(p => OwnershipAttributes.Truth(OwnershipAttributes.Get(p, "HeldWhen")) is not null);
    }

    /// <summary>Gets the method that grabs and returns whether it did.</summary>
    public string? TryGrab { get; }

    /// <summary>Gets the method that waits until it has grabbed.</summary>
    public string? Grab { get; }

    /// <summary>Gets the method that releases.</summary>
    public string? Release { get; }

    /// <summary>Gets the method that throws unless the device is held.</summary>
    public string? Assert { get; }

    /// <summary>Gets the method that grabs and returns a handle.</summary>
    public string? Enter { get; }

    /// <summary>Gets the property that tells whether the device is wanted back.</summary>
    public IPropertySymbol? Poll { get; }

    /// <summary>Gets the property that proves the hold.</summary>
    public IPropertySymbol? Proof { get; }

    /// <summary>Gets whether there is a way to grab and one to release.</summary>
    public bool IsDevice => (TryGrab ?? Grab ?? Enter) is not null;

    /// <summary>Gets what a type offers at a place.</summary>
    public static DeviceMembers Of(ITypeSymbol type, SemanticModel model, int position) => new(type, model, position);

    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
            yield return t;
    }

    // A path speaks of another device than the receiver.
    private static AttributeData? Plain(IMethodSymbol method, string name) =>
        OwnershipAttributes.Get(method, name) is { } attribute && OwnershipAttributes.PathsOf(attribute).IsEmpty ? attribute : null;

    private string? Method(Func<IMethodSymbol, bool> fits) =>
        _members.OfType<IMethodSymbol>().FirstOrDefault(m => m.MethodKind == MethodKind.Ordinary && m.Parameters.IsEmpty && fits(m))?.Name;

    private IPropertySymbol? Property(Func<IPropertySymbol, bool> fits) =>
        _members.OfType<IPropertySymbol>().FirstOrDefault(p => p.Type.SpecialType == SpecialType.System_Boolean && !p.IsIndexer && fits(p));
}
