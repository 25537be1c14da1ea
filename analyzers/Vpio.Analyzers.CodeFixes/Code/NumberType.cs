namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is how wide a type of whole numbers is, and how it is extended.</summary>
/// <param name="Bits">Its width.</param>
/// <param name="IsSigned">Whether its topmost bit is the sign.</param>
internal sealed record NumberType(int Bits, bool IsSigned)
{
    /// <summary>Gets that of a type or of an enumeration's numbers; null for any other type.</summary>
    public static NumberType? Of(ITypeSymbol? type) => (type is INamedTypeSymbol { EnumUnderlyingType: { } number } ? number : type)?.SpecialType switch
    {
        SpecialType.System_Byte => new NumberType(8, false),
        SpecialType.System_SByte => new NumberType(8, true),
        SpecialType.System_UInt16 => new NumberType(16, false),
        SpecialType.System_Int16 => new NumberType(16, true),
        SpecialType.System_UInt32 => new NumberType(32, false),
        SpecialType.System_Int32 => new NumberType(32, true),
        SpecialType.System_UInt64 => new NumberType(64, false),
        SpecialType.System_Int64 => new NumberType(64, true),
        _ => null,
    };
}
