namespace Vpio.Abi.Ownership;

/// <summary>The caller owns the returned handle.</summary>
[AttributeUsage(AttributeTargets.ReturnValue, Inherited = false)]
public sealed class CallerOwnsAttribute : Attribute { }
