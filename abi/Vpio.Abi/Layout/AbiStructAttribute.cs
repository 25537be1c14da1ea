namespace Vpio.Abi.Layout;

/// <summary>Says that the bytes of a struct are agreed on with another program: its layout is checked as it is compiled.</summary>
/// <remarks>
/// Only integers of fixed width, floating point, enumerations and structs of them; explicit layout and size; natural alignment;
/// every pad a named field. Rules: VPIO2001 to VPIO2005.
/// </remarks>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class AbiStructAttribute : Attribute;
