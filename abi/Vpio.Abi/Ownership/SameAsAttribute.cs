namespace Vpio.Abi.Ownership;

/// <summary>Says that what a property returns, or each instance of a class, is the same device as another: who holds one holds both.</summary>
/// <param name="path">The other device, a field or property of the type, and on from there with dots; write it with <see langword="nameof"/>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, Inherited = false)]
public sealed class SameAsAttribute(string path) : Attribute
{
    /// <summary>Gets the other device.</summary>
    public string Path { get; } = path;
}
