namespace Vpio.Abi.Ownership;

/// <summary>Says that the device in a field is grabbed before others, where both are wanted.</summary>
/// <param name="paths">The devices that come later, named as members of the same type.</param>
/// <remarks>One order for all keeps two threads, or two guests, from waiting for each other for ever. It carries on: what comes before a device comes before all that are later than that one.</remarks>
[AttributeUsage(AttributeTargets.Field, Inherited = false)]
public sealed class GrabBeforeAttribute(params string[] paths) : Attribute
{
    /// <summary>Gets the devices that come later.</summary>
    public string[] Paths { get; } = paths;
}
