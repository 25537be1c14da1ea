namespace Vpio.Abi.Ownership;

/// <summary>Says that devices must be held for a call, and are still held when it returns.</summary>
/// <param name="paths">The devices, each a parameter, or a field or property of the type, and on from there with dots; write them with <see langword="nameof"/>. None means the receiver; on a parameter, the device that the argument is or holds.</param>
/// <remarks>
/// <para>Without a path it makes the member a touch of its own device. With one the caller has to hold what is named, and the body may touch it.</para>
/// <para>On a delegate type it is what whoever calls the delegate must hold, and what a lambda of that type may count on.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Parameter | AttributeTargets.Delegate, Inherited = false)]
public sealed class RequiresHeldAttribute(params string[] paths) : Attribute
{
    /// <summary>Gets the devices named.</summary>
    public string[] Paths { get; } = paths;

    /// <summary>Gets or sets whether an observer's hold is enough.</summary>
    public bool Shared { get; set; }
}
