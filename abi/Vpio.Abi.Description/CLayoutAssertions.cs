using System.Globalization;
using System.Text;

namespace Vpio.Abi.Description;

/// <summary>Writes a header that proves size and offset of every field while it compiles, in any standard: a false claim is an array of -1 elements.</summary>
internal static class CLayoutAssertions
{
    private const string Guard = "__VPIO_PUBLIC_VPIO_LAYOUT_H__";

    /// <summary>Writes the header.</summary>
    public static string Write(AbiDescription abi)
    {
        StringBuilder text = new(CHeaders.Opening(Guard, "VPIO: proves while it compiles that every structure lies as specified.", new CText(abi)));
        text.Append("#include <stddef.h>\n");
        foreach (AbiHeader header in abi.Headers)
            text.Append(CultureInfo.InvariantCulture, $"#include \"{header.Name}.h\"\n");
        text.Append("\n#define VPIO_PROVE(name, claim) typedef char vpio_proof_##name[(claim) ? 1 : -1]\n");
        foreach (AbiType type in abi.Types().Where(type => type.Kind == AbiKind.Structure))
            Append(text, type);
        return text.Append(CultureInfo.InvariantCulture, $"\n#undef VPIO_PROVE\n\n#endif /* {Guard} */\n").ToString();
    }

    private static void Append(StringBuilder text, AbiType type)
    {
        string name = type.CName;
        text.Append(CultureInfo.InvariantCulture, $"\nVPIO_PROVE(size_{name}, sizeof(struct {name}) == {type.SizeBytes});\n");
        foreach (AbiField field in type.Fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"VPIO_PROVE(offset_{name}__{field.CName}, offsetof(struct {name}, {field.CName}) == {field.OffsetBytes});\n");
            text.Append(CultureInfo.InvariantCulture, $"VPIO_PROVE(size_{name}__{field.CName}, sizeof(((struct {name} *)0)->{field.CName}) == {field.SizeBytes});\n");
        }
    }
}
