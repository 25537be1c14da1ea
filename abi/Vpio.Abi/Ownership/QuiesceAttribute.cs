namespace Vpio.Abi.Ownership;

/// <summary>The member is still allowed after a stop request.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class QuiesceAttribute : Attribute { }
