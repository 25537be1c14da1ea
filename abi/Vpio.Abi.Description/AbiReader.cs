using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Description;

/// <summary>Reads the description of the ABI off the types of <c>Vpio.Abi</c> and their documentation comments.</summary>
public sealed partial class AbiReader
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Documentation _documentation = new(typeof(DevicePage).Assembly);

    private AbiReader()
    {
    }

    /// <summary>Describes the ABI of this build.</summary>
    /// <returns>The description.</returns>
    /// <exception cref="FileNotFoundException">The documentation of Vpio.Abi is not beside it.</exception>
    /// <exception cref="InvalidDataException">A structure has a gap between its fields, or a field of a type that no shared structure may have.</exception>
    public static AbiDescription Read()
    {
        AbiReader reader = new();
        AbiHeader[] headers =
        [
            .. AbiContents.Headers.Select(header => new AbiHeader(
                header.Name,
                header.Title,
                [.. header.Chapters.Select(chapter => new AbiChapter(chapter.Title, [.. chapter.Types.Select(reader.Describe)]))])),
        ];
        return new AbiDescription(VpioVersion.Major, VpioVersion.Minor, VpioVersion.HypercallNumber, VpioVersion.Features, headers);
    }

    private AbiType Describe(Type type)
    {
        AbiKind kind = KindOf(type);
        bool isStructure = kind == AbiKind.Structure;
        return new AbiType(
            type.Name,
            Naming.OfType(type, isStructure),
            kind,
            type.IsEnum ? NumberType(type.GetEnumUnderlyingType()) : string.Empty,
            isStructure ? SizeOf(type) : 0,
            _documentation.SummaryOf(type),
            _documentation.RemarksOf(type),
            [.. ConstantsOf(type).Where(field => RegisterWidth(field) == 0).Select(Constant)],
            [.. isStructure ? StructureFields(type) : ConstantsOf(type).Where(field => RegisterWidth(field) != 0).Select(Register)]);
    }

    private static AbiKind KindOf(Type type)
    {
        if (type.IsEnum)
            return type.IsDefined(typeof(FlagsAttribute)) ? AbiKind.Flags : AbiKind.Enumeration;
        if (type.IsExplicitLayout)
            return AbiKind.Structure;
        return type.Name.EndsWith("Register", StringComparison.Ordinal) ? AbiKind.Registers : AbiKind.Constants;
    }

    private static IEnumerable<FieldInfo> ConstantsOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral);

    private AbiConstant Constant(FieldInfo field)
    {
        object value = field.GetRawConstantValue()!;
        return new AbiConstant(field.Name, Naming.OfConstant(field), NumberType(value.GetType()), Int128.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture), _documentation.SummaryOf(field));
    }

    private IEnumerable<AbiField> StructureFields(Type type)
    {
        int end = 0;
        foreach (FieldInfo field in type.GetFields(Instance).OrderBy(OffsetOf))
        {
            AbiField described = Field(field);
            if (described.OffsetBytes != end)
                throw new InvalidDataException($"{type.Name}.{field.Name} begins at {described.OffsetBytes}, but the field before it ends at {end}: declare what lies between as reserved.");
            end = described.EndBytes();
            yield return described;
        }

        if (end != SizeOf(type))
            throw new InvalidDataException($"{type.Name} has {SizeOf(type)} bytes, but its fields end at {end}: declare the rest as reserved.");
    }

    private AbiField Field(FieldInfo field)
    {
        int count = field.GetCustomAttribute<ElementsAttribute>()?.Count ?? 1;
        string type = field.FieldType.IsPrimitive ? NumberType(field.FieldType) : field.FieldType.Name;
        int bytes = field.FieldType.IsPrimitive ? int.Parse(type[1..], CultureInfo.InvariantCulture) / 8 : SizeOf(field.FieldType);
        return Documented(field, Naming.Plain(field.Name), Naming.OfField(field), OffsetOf(field), type, count, bytes * count);
    }

    private AbiField Register(FieldInfo field)
    {
        int bits = RegisterWidth(field);
        int offset = Convert.ToInt32(field.GetRawConstantValue(), CultureInfo.InvariantCulture);
        return Documented(field, field.Name, Naming.OfConstant(field), offset, $"u{bits}", 1, bits / 8);
    }

    private AbiField Documented(FieldInfo field, string name, string cName, int offset, string type, int count, int bytes)
    {
        string summary = _documentation.SummaryOf(field);
        return new AbiField(
            name,
            cName,
            offset,
            type,
            count,
            bytes,
            string.Join(", ", Tag().Matches(summary).Select(match => match.Groups[1].Value).Distinct()),
            _documentation.RemarkOf(field, "Unit"),
            _documentation.RemarkOf(field, "Ordering"),
            _documentation.RemarkOf(field, "Source"),
            summary);
    }

    // A register's comment names its type; an offset alone would not tell its width.
    private int RegisterWidth(FieldInfo field) =>
        KindOf(field.DeclaringType!) == AbiKind.Registers && Width().Match(_documentation.SummaryOf(field)) is { Success: true } width
            ? int.Parse(width.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;

    private static int OffsetOf(FieldInfo field) => field.GetCustomAttribute<FieldOffsetAttribute>()!.Value;

    private static int SizeOf(Type structure) => structure.StructLayoutAttribute!.Size;

    private static string NumberType(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => "u8",
        TypeCode.UInt16 => "u16",
        TypeCode.UInt32 => "u32",
        TypeCode.UInt64 => "u64",
        TypeCode.Int32 => "i32",
        _ => throw new InvalidDataException($"The ABI has no numbers of the type {type}: use u8, u16, u32 or u64."),
    };

    [GeneratedRegex(@"\[(HV|GST)\]")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\[(?:HV|GST)\] u(\d+)\b")]
    private static partial Regex Width();
}
