namespace Vpio.Abi.Ownership;

/// <summary>The member never throws.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor, Inherited = false)]
public sealed class NoThrowAttribute : Attribute { }
