namespace Vpio.Abi.Ownership;

/// <summary>A value of the type must not be copied.</summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class NonCopyableAttribute : Attribute { }
