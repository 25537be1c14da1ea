namespace Vpio.Abi.Ownership;

/// <summary>Says that a property tells how the device looked a moment ago, and proves nothing.</summary>
/// <remarks>It may decide whether a grab is worth trying. A touch on the strength of it is a mistake, since another guest may own the device by then.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class HintAttribute : Attribute;
