namespace Vpio.Abi.Ownership;

/// <summary>Says that a delegate is run before the call returns, on the same thread, and is not kept.</summary>
/// <remarks>Then the code in it runs under whatever the caller holds.</remarks>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ImmediateAttribute : Attribute;
