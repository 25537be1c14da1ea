namespace Vpio.Abi.Ownership;

/// <summary>The call throws unless the receiver is held, so it is held afterwards, by somebody else's grab.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class AssertsHeldAttribute : Attribute { }
