namespace Vpio.Abi.Ownership;

/// <summary>The argument is not kept after the call returns.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class NoEscapeAttribute : Attribute { }
