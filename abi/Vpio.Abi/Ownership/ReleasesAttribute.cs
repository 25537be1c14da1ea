namespace Vpio.Abi.Ownership;

/// <summary>Says that a call gives devices back: held before, and not held once it has returned normally.</summary>
/// <param name="paths">The devices, each a parameter, or a field or property of the type, and on from there with dots; write them with <see langword="nameof"/>. None means the receiver; on a parameter, the device that the argument is or holds.</param>
/// <remarks>
/// <para>A call that throws has not released.</para>
/// <para>The <c>Dispose</c> of a handle (<see cref="ScopedOwnershipAttribute"/>) may be called again, or after another release; it does nothing then.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, Inherited = false)]
public sealed class ReleasesAttribute(params string[] paths) : Attribute
{
    /// <summary>Gets the devices named.</summary>
    public string[] Paths { get; } = paths;
}
