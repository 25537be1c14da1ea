namespace Vpio.Abi.Ownership;

/// <summary>The method is the revocation upcall: it must not touch, grab or block.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RevocationHandlerAttribute : Attribute { }
