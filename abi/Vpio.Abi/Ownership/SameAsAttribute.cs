namespace Vpio.Abi.Ownership;

/// <summary>The property (or every instance of the type) is the same device as the one at the path.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, Inherited = false)]
public sealed class SameAsAttribute : Attribute
{
    /// <summary>Names the device.</summary>
    public SameAsAttribute(string path) => Path = path;
    /// <summary>The device path.</summary>
    public string Path { get; }
}
