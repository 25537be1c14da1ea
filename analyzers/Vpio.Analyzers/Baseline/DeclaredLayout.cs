using System.Globalization;
using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Layout;

namespace Vpio.Analyzers.Baseline;

/// <summary>Tells what a struct with <c>[AbiStruct]</c> declares of its bytes. Whether that is sound is for other rules.</summary>
internal static class DeclaredLayout
{
    private const int Sequential = 0, Explicit = 2;

    /// <summary>Tells the struct, then its fields.</summary>
    public static IEnumerable<DeclaredEntry?> Of(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Struct || !Marks.Has(type, "AbiStruct"))
            return [];
        AttributeData? layout = StructDeclaration.Interop(type, "StructLayoutAttribute");
        return type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst)
            .Select((field, order) => DeclaredEntry.Of(field.AssociatedSymbol ?? field, "field", ValueOf(field, order)))
            .Prepend(DeclaredEntry.Of(type, "struct", ValueOf(type, layout)));
    }

    private static string? ValueOf(INamedTypeSymbol type, AttributeData? layout)
    {
        if (layout is not null && (!TryNumber(layout.ConstructorArguments.FirstOrDefault(), out _) || layout.NamedArguments.Any(a => a.Value.Kind == TypedConstantKind.Error)))
            return null;
        string?[] parts =
        [
            KindOf(layout),
            Named(layout, "Size") is { } size ? $"size {size}" : null,
            Named(layout, "Pack") is { } pack ? $"pack {pack}" : null,
            InlineArray(type) is { } array && TryNumber(array.ConstructorArguments.FirstOrDefault(), out string length) ? $"elements {length}" : null,
        ];
        return string.Join(" ", parts.Where(p => p is not null)) is { Length: > 0 } value ? value : "no size";
    }

    // Explicit is how it should be, and needs no word.
    private static string? KindOf(AttributeData? layout) => layout is null ? "sequential" : Convert.ToInt32(layout.ConstructorArguments[0].Value, CultureInfo.InvariantCulture) switch
    {
        Explicit => null,
        Sequential => "sequential",
        _ => "auto",
    };

    private static string? ValueOf(IFieldSymbol field, int order)
    {
        if (field.Type.TypeKind == TypeKind.Error)
            return null;
        string place = $"order {order.ToString(CultureInfo.InvariantCulture)}", count = "";
        if (StructDeclaration.Interop(field, "FieldOffsetAttribute") is { } offset)
        {
            if (!TryNumber(offset.ConstructorArguments.FirstOrDefault(), out string bytes))
                return null;
            place = $"at {bytes}";
        }

        if (Marks.Find(field, "Elements") is { } elements)
        {
            if (!TryNumber(elements.ConstructorArguments.FirstOrDefault(), out count))
                return null;
            count = $"[{count}]";
        }

        return $"{place} {TypeOf(field)}{count}";
    }

    private static string TypeOf(IFieldSymbol field) => field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol pointer }
        ? $"{DeclaredNumbers.NameOf(pointer.PointedAtType)}[{field.FixedSize.ToString(CultureInfo.InvariantCulture)}]"
        : $"{DeclaredNumbers.NameOf(field.Type)}{WidthOf(field.Type)}";

    // What has no lines of its own is told where it is used.
    private static string WidthOf(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { EnumUnderlyingType: { } number } when !Marks.Has(type, "AbiNumbers") => $":{DeclaredNumbers.NameOf(number)}",
        INamedTypeSymbol structure when TypeLayout.InlineArrayLength(structure) is { } length && !Marks.Has(type, "AbiStruct") && TypeLayout.InstanceFields(structure).FirstOrDefault() is { } element =>
            $":{DeclaredNumbers.NameOf(element.Type)}[{length.ToString(CultureInfo.InvariantCulture)}]",
        _ => "",
    };

    private static AttributeData? InlineArray(ISymbol type) =>
        type.GetAttributes().FirstOrDefault(a => a.AttributeClass is { Name: "InlineArrayAttribute", ContainingNamespace.Name: "CompilerServices" });

    private static string? Named(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: int number } ? number.ToString(CultureInfo.InvariantCulture) : null;

    private static bool TryNumber(TypedConstant argument, out string number)
    {
        bool found = argument.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum && argument.Value is not null;
        number = found ? Convert.ToString(argument.Value, CultureInfo.InvariantCulture) : "";
        return found;
    }
}
