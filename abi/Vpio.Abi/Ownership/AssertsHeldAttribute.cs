namespace Vpio.Abi.Ownership;

/// <summary>Says that a call returns only if the receiver is held, and throws otherwise.</summary>
/// <remarks>What it proves is somebody else's hold: the device may be touched afterwards, but not released.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class AssertsHeldAttribute : Attribute;
