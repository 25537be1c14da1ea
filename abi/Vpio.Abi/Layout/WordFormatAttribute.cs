namespace Vpio.Abi.Layout;

/// <summary>Says that a struct gives a shared word its meaning: such words are made and changed by the members of the struct, and not bit by bit elsewhere.</summary>
/// <remarks>Rule: VPIO2009.</remarks>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class WordFormatAttribute : Attribute;
