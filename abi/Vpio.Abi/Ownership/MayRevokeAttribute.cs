namespace Vpio.Abi.Ownership;

/// <summary>Ownership of the receiver (or of every device the callee was given) may be lost inside the call.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class MayRevokeAttribute : Attribute { }
