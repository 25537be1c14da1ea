namespace Vpio.Abi.Layout;

/// <summary>Says that the numbers of an enumeration, or the constants of a class or a struct, are agreed on with another program: each is given out once.</summary>
/// <remarks>Two members of an enumeration never share a number; with <see cref="FlagsAttribute"/> no bit. Rules: VPIO2005 and VPIO2008.</remarks>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class AbiNumbersAttribute : Attribute;
