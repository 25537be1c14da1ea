using System.Text;

namespace Vpio.Abi.Description.Tests.C;

/// <summary>Writes a C program that fills every structure number by number into a file, or reads such a file and names the first number that is wrong.</summary>
internal static class ExchangeProgram
{
    public static string Write(AbiDescription abi)
    {
        StringBuilder text = new("#include <stdio.h>\n#include <string.h>\n#include \"vpio_nic.h\"\n#include \"vpio_process.h\"\n#include \"vpio_machine.h\"\n\n");
        AbiType[] structures = Structures(abi);
        foreach (AbiType structure in structures)
        {
            text.Append($"static void fill_{structure.CName}(struct {structure.CName} *p)\n{{\n    memset(p, 0xee, sizeof *p);\n");
            foreach (Leaf leaf in Leaf.Of(abi, structure))
                text.Append($"    p->{leaf.Path} = {leaf.Convert}(({leaf.CType}){leaf.Literal});\n");
            text.Append($"}}\n\nstatic const char *check_{structure.CName}(const struct {structure.CName} *p)\n{{\n");
            foreach (Leaf leaf in Leaf.Of(abi, structure))
                text.Append($"    if ({leaf.Convert}(p->{leaf.Path}) != ({leaf.CType}){leaf.Literal}) return \"{structure.CName}.{leaf.Path}\";\n");
            text.Append("    return 0;\n}\n\n");
        }

        text.Append("int main(int argc, char **argv)\n{\n    FILE *f;\n    const char *wrong = 0;\n    int fill = argc == 3 && strcmp(argv[1], \"fill\") == 0;\n");
        text.Append("    if (argc != 3 || (f = fopen(argv[2], fill ? \"wb\" : \"rb\")) == 0) return 2;\n");
        foreach (AbiType structure in structures)
        {
            string name = structure.CName;
            text.Append($"    {{\n        static struct {name} s;\n        if (fill) {{ fill_{name}(&s); if (fwrite(&s, sizeof s, 1, f) != 1) return 3; }}\n");
            text.Append($"        else {{ if (fread(&s, sizeof s, 1, f) != 1) return 4; if (!wrong) wrong = check_{name}(&s); }}\n    }}\n");
        }

        return text.Append("    if (wrong) printf(\"%s\\n\", wrong);\n    return fclose(f) != 0 || wrong != 0;\n}\n").ToString();
    }

    /// <summary>Finds the structures in the order in which they lie in the file.</summary>
    public static AbiType[] Structures(AbiDescription abi) => [.. abi.Types().Where(type => type.Kind == AbiKind.Structure)];
}
