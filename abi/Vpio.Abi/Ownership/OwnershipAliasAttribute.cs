namespace Vpio.Abi.Ownership;

/// <summary>Says that something stands for a device that is held.</summary>
/// <remarks>
/// <para>On a type or property: the value is a view, and dies with the hold under which it was taken.</para>
/// <para>On a parameter: the result, or the object that is constructed, is one with the argument. Who releases either has released both.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class OwnershipAliasAttribute : Attribute;
