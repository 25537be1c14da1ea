namespace Vpio.Abi.Ownership;

/// <summary>On a parameter: the result (or the constructed object) and the argument are one resource; on a property or type: the value is a view, valid only while the device stays held.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class OwnershipAliasAttribute : Attribute { }
