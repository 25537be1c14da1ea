namespace Vpio.Abi.Layout;

/// <summary>Says that memory is a register of a device, which answers accesses of its exact width only.</summary>
/// <remarks>
/// On a field, a property or a returned reference. It is read in methods that the compiler does not inline, and handed on whole:
/// a compiler that sees that only some bits are used loads only those. Rule: VPIO2010.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class DeviceRegisterAttribute : Attribute;
