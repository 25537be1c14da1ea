using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Data;

/// <summary>Reads the data in pages, JSON, XML and configuration files, as whoever copies it would have it read.</summary>
internal static partial class DataBlocks
{
    /// <summary>Finds what cannot be read.</summary>
    public static IEnumerable<string> Faults(MarkdownPage page) =>
        page.Fences.Select(block => (block, Fault: FaultOf(block))).Where(each => each.Fault is not null).Select(each => $"{each.block}: {each.Fault}");

    private static string? FaultOf(CodeFence block) => block.Language switch
    {
        "json" => JsonFault(block.Code),
        "xml" => XmlFault(block.Code),
        "ini" => IniFault(block.Code),
        "" or "csharp" or "c" or "sh" or "text" or "promela" => null,

        // The tests of the rules give it to the analyzer.
        "abi Abi.Shipped.txt" or "abi Abi.Unshipped.txt" => null,
        _ => $"nothing is known of the language \"{block.Language}\"",
    };

    private static string? JsonFault(string text)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(text);
            return null;
        }
        catch (JsonException fault)
        {
            return fault.Message;
        }
    }

    // A page shows parts of a file: several elements side by side are as good as one.
    private static string? XmlFault(string text)
    {
        try
        {
            XElement.Parse($"<page>{text}</page>");
            return null;
        }
        catch (XmlException fault)
        {
            return fault.Message;
        }
    }

    private static string? IniFault(string text) =>
        text.Split('\n').FirstOrDefault(line => !IniLine().IsMatch(line)) is { } line ? $"\"{line}\" is neither a section nor a setting" : null;

    [GeneratedRegex(@"^\s*($|[#;]|\[[^\]]+\]$|[\w.:*-]+\s*=\s*\S)")]
    private static partial Regex IniLine();
}
