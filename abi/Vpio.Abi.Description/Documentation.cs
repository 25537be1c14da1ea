using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vpio.Abi.Description;

/// <summary>Reads the documentation comments that the compiler wrote beside an assembly, as plain text: a reference becomes `Type.Member`.</summary>
internal sealed partial class Documentation
{
    private readonly Dictionary<string, XElement> _members;

    /// <summary>Opens the documentation of an assembly.</summary>
    /// <param name="assembly">The assembly; its documentation lies beside it, with the ending xml.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public Documentation(Assembly assembly)
    {
        string path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        if (!File.Exists(path))
            throw new FileNotFoundException($"The comments of the ABI are read from {path}, which is missing: keep it beside the assembly.", path);
        _members = XDocument.Load(path).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);
    }

    /// <summary>Reads what a type is for.</summary>
    public string SummaryOf(Type type) => TextOf($"T:{type.FullName}", "summary");

    /// <summary>Reads what else is said of a type.</summary>
    public string RemarksOf(Type type) => TextOf($"T:{type.FullName}", "remarks");

    /// <summary>Reads what a field is for.</summary>
    public string SummaryOf(FieldInfo field) => TextOf(IdOf(field), "summary");

    /// <summary>Reads one statement of a field's remarks, such as "Unit: bytes."</summary>
    /// <param name="field">The field.</param>
    /// <param name="subject">What the statement begins with.</param>
    /// <returns>What follows, without the full stop; empty when nothing is said.</returns>
    public string RemarkOf(FieldInfo field, string subject) =>
        Statement().Matches(TextOf(IdOf(field), "remarks"))
            .Where(match => match.Groups["subject"].Value == subject)
            .Select(match => match.Groups["text"].Value)
            .FirstOrDefault(string.Empty);

    private static string IdOf(FieldInfo field) => $"F:{field.DeclaringType!.FullName}.{field.Name}";

    private string TextOf(string id, string element) =>
        _members.TryGetValue(id, out XElement? member) && member.Element(element) is { } found
            ? Blanks().Replace(string.Concat(found.Nodes().Select(Plain)), " ").Trim()
            : string.Empty;

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } cref => $"`{Short(cref.Value)}`",
        XElement { Name.LocalName: "see" } see => (string?)see.Attribute("langword") ?? see.Value,
        XElement element => element.Value,
        _ => string.Empty,
    };

    // "F:Vpio.Abi.DeviceSlot.State" is DeviceSlot.State, "T:Vpio.Abi.DeviceSlot" is DeviceSlot.
    private static string Short(string cref)
    {
        string[] names = cref[2..].Split('(')[0].Split('.');
        return cref.StartsWith("T:", StringComparison.Ordinal) ? names[^1] : $"{names[^2]}.{names[^1]}";
    }

    [GeneratedRegex(@"(?<subject>Unit|Ordering|Source): (?<text>.*?)\.(?= (?:Unit|Ordering|Source): |$)")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
