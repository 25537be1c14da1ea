using System.Globalization;
using System.Text;

namespace Vpio.Abi.Description;

/// <summary>Writes a description as tables, for people: in Markdown, or as plain text with aligned columns.</summary>
public static class AbiTables
{
    private static readonly string[] FieldHeading = ["Offset", "Type", "Field", "In C", "Writer", "Unit", "Ordering", "Meaning"];

    private static readonly string[] ConstantHeading = ["Value", "Name", "In C", "Meaning"];

    /// <summary>Writes Markdown.</summary>
    /// <param name="abi">The description.</param>
    /// <returns>A page.</returns>
    public static string Markdown(AbiDescription abi) => Write(abi, "# ", "## ", "### ", MarkdownTable);

    /// <summary>Writes plain text.</summary>
    /// <param name="abi">The description.</param>
    /// <returns>Lines as wide as their longest row.</returns>
    public static string Text(AbiDescription abi) => Write(abi, string.Empty, string.Empty, string.Empty, TextTable);

    private static string Write(AbiDescription abi, string title, string chapterTitle, string typeTitle, Func<string[], IReadOnlyList<string[]>, string> table)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{title}VPIO ABI {abi.Major}.{abi.Minor}, hypercall {abi.HypercallNumber}\n");
        foreach (AbiChapter chapter in abi.Headers.SelectMany(header => header.Chapters))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{chapterTitle}{chapter.Title}\n");
            foreach (AbiType type in chapter.Types)
            {
                string size = type.SizeBytes > 0 ? $", {type.SizeBytes} bytes" : string.Empty;
                text.Append(CultureInfo.InvariantCulture, $"\n{typeTitle}{type.Name} ({type.Kind.ToString().ToLowerInvariant()}{size})\n\n{Plain(type.Summary)}\n");
                if (type.Constants.Count > 0)
                    text.Append('\n').Append(table(ConstantHeading, [.. type.Constants.Select(ConstantRow)]));
                if (type.Fields.Count > 0)
                    text.Append('\n').Append(table(FieldHeading, [.. type.Fields.Select(FieldRow)]));
            }
        }

        return text.ToString();
    }

    private static string[] ConstantRow(AbiConstant constant) =>
        [Value(constant), constant.Name, constant.CName, Plain(constant.Summary)];

    private static string[] FieldRow(AbiField field) =>
    [
        field.OffsetBytes.ToString(CultureInfo.InvariantCulture),
        field.Count > 1 ? $"{field.Type}[{field.Count}]" : field.Type,
        field.Name, field.CName, field.Writer, field.Unit, Plain(field.Ordering), Plain(field.Summary),
    ];

    private static string Value(AbiConstant constant) => constant.Value > 4096
        ? "0x" + ((ulong)constant.Value).ToString("x", CultureInfo.InvariantCulture)
        : constant.Value.ToString(CultureInfo.InvariantCulture);

    private static string Plain(string text) => text.Replace("`", string.Empty, StringComparison.Ordinal);

    private static string MarkdownTable(string[] heading, IReadOnlyList<string[]> rows)
    {
        static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
        return Row(heading) + Row(heading.Select(_ => "---")) + string.Concat(rows.Select(Row));
    }

    private static string TextTable(string[] heading, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. heading.Select((cell, column) => rows.Max(row => Math.Max(cell.Length, row[column].Length)))];
        string Row(string[] cells) => "  " + string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n";
        return Row(heading) + string.Concat(rows.Select(Row));
    }
}
