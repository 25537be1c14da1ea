namespace Vpio.Abi.Ownership;

/// <summary>Says that an argument is not kept after the call has returned, so that it may be a view of a device.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class NoEscapeAttribute : Attribute;
