using System.Reflection;
using System.Text.RegularExpressions;

namespace Vpio.Abi.Description;

/// <summary>Gives a declaration its name in C: the one that the specification uses where it is told, else by rule.</summary>
internal static partial class Naming
{
    /// <summary>Names a type: <c>struct vpio_device_slot</c> for a structure, else what the names of its constants begin with.</summary>
    public static string OfType(Type type, bool isStructure) =>
        Told(type) ?? (isStructure ? "vpio_" + Snake(type.Name) : "VPIO_" + Snake(type.Name).ToUpperInvariant());

    /// <summary>Names a constant or a register.</summary>
    public static string OfConstant(FieldInfo field) =>
        Told(field) ?? OfType(field.DeclaringType!, isStructure: false) + "_" + Snake(field.Name).ToUpperInvariant();

    /// <summary>Names a field of a structure.</summary>
    public static string OfField(FieldInfo field) => Told(field) ?? Snake(Plain(field.Name));

    /// <summary>Names a field in C#: what a private one shows has the same name.</summary>
    public static string Plain(string name) => name[0] == '_' ? char.ToUpperInvariant(name[1]) + name[2..] : name;

    /// <summary>Writes a name in lower case with underscores between its words.</summary>
    public static string Snake(string name) => WordStart().Replace(name, "_").ToLowerInvariant();

    private static string? Told(MemberInfo member) => member.GetCustomAttribute<CNameAttribute>()?.Name;

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
