using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Vpio.Repository.Tests;

/// <summary>Compares the tables of the specification with the types that they describe, both ways: nothing missing, nothing invented.</summary>
internal static partial class AbiTables
{
    private const string Reserved = "reserved";

    /// <summary>Finds the differences between a table of numbers and names and an enumeration.</summary>
    /// <param name="rows">Rows whose first cell is the number, and whose second is the name in backticks.</param>
    /// <param name="values">The numbers and names of the code.</param>
    public static IEnumerable<string> Differences(IEnumerable<string[]> rows, IEnumerable<(long Number, string Name)> values)
    {
        HashSet<(long Number, string Name)> documented = [.. rows.Where(row => NameOf(row) != Reserved).Select(row => (NumberOf(row[0]), NameOf(row)))];
        HashSet<(long Number, string Name)> coded = [.. values];
        return documented.Except(coded).Select(each => $"the table has {each.Name} = {each.Number}, the code has not")
            .Concat(coded.Except(documented).Select(each => $"the code has {each.Name} = {each.Number}, the table has not"));
    }

    /// <summary>Finds the differences between a table of offsets, types and names and a structure.</summary>
    /// <param name="rows">Rows of offset, type and name; rows named "reserved" stand for any reserved fields.</param>
    /// <param name="structure">The structure.</param>
    public static IEnumerable<string> LayoutDifferences(IEnumerable<string[]> rows, Type structure)
    {
        IEnumerable<string> documented = rows.Where(row => NameOf(row, 2) != Reserved).Select(row => Line(NumberOf(row[0]), row[1], NameOf(row, 2)));
        return Compare(documented, FieldsOf(structure));
    }

    /// <summary>Finds the differences between a cell of fields, such as <c>u32 Device @0</c>, and a part of an argument.</summary>
    public static IEnumerable<string> ArgumentDifferences(string cell, Type structure, Func<long, bool> isPart) =>
        Compare(Field().Matches(cell).Select(match => Line(NumberOf(match.Groups[3].Value), match.Groups[1].Value, match.Groups[2].Value)), FieldsOf(structure, isPart));

    /// <summary>Reads the named values of an enumeration.</summary>
    public static IEnumerable<(long Number, string Name)> ValuesOf<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().Select(value => (Convert.ToInt64(value, CultureInfo.InvariantCulture), value.ToString()));

    private static IEnumerable<string> Compare(IEnumerable<string> documented, IEnumerable<string> coded)
    {
        HashSet<string> table = [.. documented];
        HashSet<string> code = [.. coded];
        return table.Except(code).Select(each => $"the table has {each}, the code has not")
            .Concat(code.Except(table).Select(each => $"the code has {each}, the table has not"));
    }

    private static IEnumerable<string> FieldsOf(Type structure, Func<long, bool>? isPart = null) =>
        from field in structure.GetFields(BindingFlags.Public | BindingFlags.Instance)
        let offset = field.GetCustomAttribute<FieldOffsetAttribute>()!.Value
        where !field.Name.StartsWith("Reserved", StringComparison.Ordinal) && (isPart is null || isPart(offset))
        select Line(offset, TypeOf(field.FieldType), field.Name);

    private static string TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => "u8",
        TypeCode.UInt16 => "u16",
        TypeCode.UInt32 => "u32",
        TypeCode.UInt64 => "u64",
        _ => type.Name,
    };

    private static string Line(long offset, string type, string name) => $"{type} {name} at {offset}";

    private static string NameOf(string[] row, int cell = 1) => row[cell].Trim('`');

    private static long NumberOf(string cell)
    {
        string text = cell.Trim('`').Replace("−", "-", StringComparison.Ordinal);
        return text.StartsWith("0x", StringComparison.Ordinal)
            ? long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : long.Parse(text, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(u\d+) `(\w+)` @(\d+)")]
    private static partial Regex Field();
}
