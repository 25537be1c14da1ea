namespace Vpio.Abi.Ownership;

/// <summary>Says that the caller owns the handle that is returned, and so has to dispose it.</summary>
/// <remarks>For factories of handles that do not say which device is grabbed; one that does says so by <see cref="AcquiresAttribute"/>.</remarks>
[AttributeUsage(AttributeTargets.ReturnValue, Inherited = false)]
public sealed class CallerOwnsAttribute : Attribute;
