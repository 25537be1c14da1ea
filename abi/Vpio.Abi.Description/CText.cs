using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Vpio.Abi.Description;

/// <summary>Writes what C of every standard since 1990 understands: comments, numbers, types. Names of C# in comments become those of C.</summary>
/// <param name="abi">The description whose names are known.</param>
internal sealed partial class CText(AbiDescription abi)
{
    private const int Width = 78;

    private readonly Dictionary<string, string> _names = NamesOf(abi);

    /// <summary>Writes a comment, wrapped, at an indentation.</summary>
    public string Comment(string text, string indent)
    {
        StringBuilder lines = new();
        StringBuilder line = new();
        foreach (string word in Translate(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && indent.Length + line.Length + word.Length + 4 > Width)
            {
                lines.Append(CultureInfo.InvariantCulture, $"{indent} *{line}\n");
                line.Clear();
            }

            line.Append(' ').Append(word);
        }

        return lines.Length == 0 ? $"{indent}/*{line} */\n" : $"{indent}/*\n{lines}{indent} *{line}\n{indent} */\n";
    }

    /// <summary>Writes a number. C90 has no constants of 64 bits, so a large one is put together from halves.</summary>
    public static string Number(AbiConstant constant)
    {
        if (constant.Value < 0)
            return (-constant.Value).ToString(CultureInfo.InvariantCulture);
        ulong value = (ulong)constant.Value;
        if (constant.Type == "u64")
        {
            return value > uint.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"(((uint64_t)0x{value >> 32:x}U << 32) | 0x{(uint)value:x}U)")
                : string.Create(CultureInfo.InvariantCulture, $"((uint64_t){value}U)");
        }

        string digits = value > 4096 ? $"0x{value:x}" : value.ToString(CultureInfo.InvariantCulture);
        return constant.Type == "u32" ? digits + "U" : digits;
    }

    /// <summary>Names the type of a field.</summary>
    public string TypeOf(AbiField field) => field.Type switch
    {
        "u8" => "uint8_t",
        "u16" => "uint16_t",
        "u32" => "uint32_t",
        "u64" => "uint64_t",
        _ => "struct " + _names[field.Type],
    };

    private string Translate(string text) => Reference().Replace(text, match => _names.GetValueOrDefault(match.Groups[1].Value, match.Groups[1].Value)).Replace("*/", "* /", StringComparison.Ordinal);

    private static Dictionary<string, string> NamesOf(AbiDescription abi)
    {
        Dictionary<string, string> names = [];
        foreach (AbiType type in abi.Types())
        {
            names[type.Name] = type.Kind is AbiKind.Structure ? type.CName : type.CName + "_*";
            foreach (AbiConstant constant in type.Constants)
                names[$"{type.Name}.{constant.Name}"] = constant.CName;
            foreach (AbiField field in type.Fields)
                names[$"{type.Name}.{field.Name}"] = field.CName;
        }

        // Words that are no constants of the ABI, but have them.
        names["StateWord"] = "state word";
        names["DomainId.Invalid"] = "VPIO_DOMID_INVALID";
        return names;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Reference();
}
