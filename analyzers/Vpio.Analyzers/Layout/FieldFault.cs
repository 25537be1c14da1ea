using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Layout;

/// <summary>Is why a type is no type for a field of an ABI struct.</summary>
/// <param name="IsPointerSized">It is as wide as a pointer; otherwise it is not the same bytes everywhere.</param>
/// <param name="Text">The reason, as the message says it behind the field's name.</param>
internal sealed record FieldFault(bool IsPointerSized, string Text)
{
    /// <summary>Judges a field.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static FieldFault? Of(IFieldSymbol field)
    {
        if (field.RefKind != RefKind.None)
            return Unfit("is a reference, which is nothing outside of this process: use a number");
        return field.IsFixedSizeBuffer && field.Type is IPointerTypeSymbol buffer ? Of(buffer.PointedAtType) : Of(field.Type);
    }

    private static FieldFault? Of(ITypeSymbol type, int depth = 0) => type.SpecialType switch
    {
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double => null,
        SpecialType.System_Boolean => Unfit("is a 'bool', which is true for any byte but 0: use a 'byte', and compare with 0 where it is used"),
        SpecialType.System_Char => Unfit("is a 'char', which is marshalled as one byte or as two: use a 'ushort', and convert where it is used"),
        SpecialType.System_Decimal => Unfit("is a 'decimal', which no other language has: use integers"),
        SpecialType.System_DateTime => Unfit("is a 'DateTime', whose layout the runtime chooses: use a 'long' of ticks"),
        SpecialType.System_IntPtr or SpecialType.System_UIntPtr => PointerSized("a number as wide as a pointer"),
        _ => OfKind(type, depth),
    };

    private static FieldFault? OfKind(ITypeSymbol type, int depth) => type.TypeKind switch
    {
        TypeKind.Error or TypeKind.Enum => null,
        TypeKind.Pointer or TypeKind.FunctionPointer => PointerSized("a pointer"),
        TypeKind.Delegate => Unfit("is a delegate, which no other program can call: use a number"),
        TypeKind.TypeParameter => Unfit("is of a type that is not known here: use a number of fixed width"),
        TypeKind.Struct => OfStruct((INamedTypeSymbol)type, depth),
        _ => Unfit("is a reference to an object, which is nothing outside of this process: use a number"),
    };

    private static FieldFault? OfStruct(INamedTypeSymbol type, int depth)
    {
        // An array of itself does not compile, and is no reason to go on for ever.
        if (Marks.Has(type, "AbiStruct") || depth > 16)
            return null;
        if (TypeLayout.InlineArrayLength(type) is not null && TypeLayout.InstanceFields(type).FirstOrDefault() is { } element)
            return Of(element.Type, depth + 1);
        if (type.ContainingNamespace is { Name: "InteropServices" } && type.Name == "GCHandle")
            return PointerSized("a handle");
        return Unfit(type.DeclaringSyntaxReferences.IsEmpty
            ? $"is of the struct '{type.Name}', whose layout its library may change: use numbers"
            : $"is of the struct '{type.Name}', whose layout nobody checks: mark it with [AbiStruct]");
    }

    private static FieldFault Unfit(string text) => new(false, text);

    private static FieldFault PointerSized(string text) => new(true, text);
}
