using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Layout;

/// <summary>Is how many bytes a type takes, and of what its address is a multiple.</summary>
/// <param name="SizeBytes">The size.</param>
/// <param name="AlignmentBytes">The natural alignment, a power of two.</param>
internal readonly record struct TypeLayout(long SizeBytes, int AlignmentBytes)
{
    /// <summary>Gets the layout of a field, all elements of an array in place included; null if it is not known.</summary>
    public static TypeLayout? OfField(IFieldSymbol field)
    {
        if (field.RefKind != RefKind.None)
            return null;
        if (field.IsFixedSizeBuffer)
            return field.Type is IPointerTypeSymbol buffer && Of(buffer.PointedAtType) is { } element ? element with { SizeBytes = element.SizeBytes * field.FixedSize } : null;
        return Of(field.Type) is { } one ? one with { SizeBytes = one.SizeBytes * ElementsOf(field) } : null;
    }

    /// <summary>Gets the fields that an instance of a struct consists of, in the order of their declaration.</summary>
    public static ImmutableArray<IFieldSymbol> InstanceFields(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst).ToImmutableArray();

    /// <summary>Gets how many elements an inline array has; null of any other struct.</summary>
    public static int? InlineArrayLength(INamedTypeSymbol type) => type.GetAttributes()
        .FirstOrDefault(a => a.AttributeClass is { Name: "InlineArrayAttribute", ContainingNamespace.Name: "CompilerServices" })?.ConstructorArguments.FirstOrDefault().Value as int?;

    /// <summary>Gets how many elements lie where a field is.</summary>
    public static int ElementsOf(IFieldSymbol field) => Marks.Find(field, "Elements")?.ConstructorArguments.FirstOrDefault().Value is int count and > 0 ? count : 1;

    /// <summary>Gets the layout of a type, or null if it is none for an ABI struct.</summary>
    public static TypeLayout? Of(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Boolean => Number(1),
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => Number(2),
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => Number(4),
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => Number(8),
        _ => type switch
        {
            IPointerTypeSymbol or IFunctionPointerTypeSymbol => Number(8),
            INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } number } => Of(number),
            INamedTypeSymbol { TypeKind: TypeKind.Struct } structure => OfStruct(structure),
            _ => null,
        },
    };

    private static TypeLayout Number(int bytes) => new(bytes, bytes);

    // Of others nobody knows. A struct cannot hold itself, but code that is being typed may say so.
    private static TypeLayout? OfStruct(INamedTypeSymbol type, int depth = 0)
    {
        if (depth > 16 || !(Marks.Has(type, "AbiStruct") || InlineArrayLength(type) is not null))
            return null;
        long end = 0;
        int alignment = 1;
        StructDeclaration declared = StructDeclaration.Of(type);
        foreach (IFieldSymbol field in InstanceFields(type))
        {
            TypeLayout? layout = field.Type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } inner && !field.IsFixedSizeBuffer
                ? OfStruct(inner, depth + 1) is { } one ? one with { SizeBytes = one.SizeBytes * ElementsOf(field) } : null
                : OfField(field);
            if (layout is not { } known)
                return null;
            alignment = Math.Max(alignment, known.AlignmentBytes);
            long start = declared.IsExplicit ? StructDeclaration.OffsetOf(field) ?? end : AlignUp(end, known.AlignmentBytes);
            end = Math.Max(end, start + known.SizeBytes);
        }

        end *= InlineArrayLength(type) ?? 1;
        return new TypeLayout(Math.Max(declared.SizeBytes ?? SizeConstantOf(type) ?? 0, AlignUp(Math.Max(end, 1), alignment)), alignment);
    }

    /// <summary>Gets the next multiple of an alignment.</summary>
    public static long AlignUp(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;

    // Of a struct in a library Roslyn tells neither offsets nor size.
    private static int? SizeConstantOf(INamedTypeSymbol type) => Marks.Has(type, "AbiStruct") && type.DeclaringSyntaxReferences.IsEmpty
        ? type.GetMembers("Size").OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as int?
        : null;
}
