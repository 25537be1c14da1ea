namespace Vpio.Abi.Ownership;

/// <summary>The delegate argument runs before the call returns, on the same thread, and is not kept.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ImmediateAttribute : Attribute { }
