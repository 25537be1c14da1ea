using System.Globalization;
using System.Text;

namespace Vpio.Abi.Description;

/// <summary>Writes the description as C headers, in the style of Xen's public ones: C90 to C23, C++98 to C++20, without padding or extensions.</summary>
public sealed class CHeaders
{
    private readonly AbiDescription _abi;
    private readonly CText _text;

    private CHeaders(AbiDescription abi)
    {
        _abi = abi;
        _text = new CText(abi);
    }

    /// <summary>Writes all headers.</summary>
    /// <param name="abi">What to write.</param>
    /// <returns>Name and text of each file; lines end with a line feed.</returns>
    public static IReadOnlyList<(string FileName, string Text)> Write(AbiDescription abi)
    {
        CHeaders headers = new(abi);
        return [.. abi.Headers.Select(header => ($"{header.Name}.h", headers.Header(header))), ("vpio_layout.h", CLayoutAssertions.Write(abi))];
    }

    /// <summary>Writes the lines that open a header.</summary>
    internal static string Opening(string guard, string title, CText text) =>
        "/* SPDX-License-Identifier: MIT */\n"
        + text.Comment(title + " Generated from the types of Vpio.Abi by \"vpio abi --format c\": do not edit.", string.Empty)
        + $"\n#ifndef {guard}\n#define {guard}\n\n";

    private string Header(AbiHeader header)
    {
        string guard = $"__VPIO_PUBLIC_{header.Name.ToUpperInvariant()}_H__";
        StringBuilder text = new(Opening(guard, header.Title, _text));
        text.Append(header == _abi.Headers[0] ? CPrelude.Types : $"#include \"{_abi.Headers[0].Name}.h\"\n\n");
        foreach (AbiChapter chapter in header.Chapters)
        {
            text.Append(CultureInfo.InvariantCulture, $"/* ---- {chapter.Title} ---- */\n\n");
            foreach (AbiType type in chapter.Types)
                Append(text, type);
        }

        if (header == _abi.Headers[0])
            text.Append(CPrelude.StateWord).Append(CPrelude.Clock);
        return text.Append(CultureInfo.InvariantCulture, $"#endif /* {guard} */\n").ToString();
    }

    private void Append(StringBuilder text, AbiType type)
    {
        text.Append(_text.Comment($"{type.Name}: {type.Summary} {type.Remarks}", string.Empty)).Append('\n');
        foreach (AbiConstant constant in type.Constants)
            Define(text, constant.Summary, constant.CName, CText.Number(constant));
        foreach (AbiField register in type.Fields.Where(_ => type.Kind == AbiKind.Registers))
            Define(text, $"{register.Summary} {Terms(register)}", register.CName, string.Create(CultureInfo.InvariantCulture, $"0x{register.OffsetBytes:x3}U"));
        if (type.Kind == AbiKind.Structure)
            AppendStructure(text, type);
        text.Append('\n');
    }

    private void Define(StringBuilder text, string comment, string name, string value) =>
        text.Append(_text.Comment(comment, string.Empty)).Append(CultureInfo.InvariantCulture, $"#define {name} {value}\n");

    private void AppendStructure(StringBuilder text, AbiType type)
    {
        text.Append(CultureInfo.InvariantCulture, $"struct {type.CName} {{\n");
        foreach (AbiField field in type.Fields)
        {
            if (!field.IsReserved())
                text.Append(_text.Comment($"{field.Summary} {Terms(field)}", "    "));
            string array = field.Count > 1 ? $"[{field.Count}]" : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"    {_text.TypeOf(field)} {field.CName}{array};\n");
        }

        text.Append("};\n");
    }

    private static string Terms(AbiField field) => $"Unit: {field.Unit}. Ordering: {field.Ordering}.";
}
