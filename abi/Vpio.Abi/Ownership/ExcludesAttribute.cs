namespace Vpio.Abi.Ownership;

/// <summary>Says that a call must not be made while devices are held.</summary>
/// <param name="paths">The devices, each a parameter, or a field or property of the type, and on from there with dots; write them with <see langword="nameof"/>. None means the receiver.</param>
/// <remarks>For what grabs a device itself, waits for its owner, or tears it down.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ExcludesAttribute(params string[] paths) : Attribute
{
    /// <summary>Gets the devices named.</summary>
    public string[] Paths { get; } = paths;
}
