namespace Vpio.Abi.Layout;

/// <summary>Says that a guest can write the memory at any time: what was read and tested is not what a second read finds.</summary>
/// <remarks>
/// On a struct: all its fields. On a field: the field; if that is a pointer, a span or a view, what it leads to. On a parameter: what the reference, pointer or span leads to.
/// On a method or a property: what it reads for its caller. A private copy, in a local variable or a parameter by value, is the reader's own.
/// Rule: VPIO2007.
/// </remarks>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class GuestWritableAttribute : Attribute;
