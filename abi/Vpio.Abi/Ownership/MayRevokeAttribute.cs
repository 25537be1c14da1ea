namespace Vpio.Abi.Ownership;

/// <summary>Says that ownership may be lost during a call.</summary>
/// <remarks>
/// Meant are the devices that the method requires; if it requires none, the receiver. Afterwards only a look tells whether it is still held (<see cref="HeldWhenAttribute"/>).
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class MayRevokeAttribute : Attribute;
