namespace Vpio.Abi.Ownership;

/// <summary>Says that a call is allowed when it is known that the device is wanted back.</summary>
/// <remarks>For what brings the device to rest before it is released; anything else has to wait for the next hold.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class QuiesceAttribute : Attribute;
