namespace Vpio.Abi.Description.Tests.C;

/// <summary>Compiles the committed headers in every standard, by two compilers, for five processors, without a warning.</summary>
internal sealed class CompilerTests
{
    private static readonly string[] Strict = ["-pedantic", "-Wall", "-Wextra", "-Wpadded", "-Werror", "-c", "-o", "/dev/null", "-I", Tree.PathOf("abi/include")];

    private static readonly string[] CStandards = ["c90", "c99", "c11", "c2x"];

    private static readonly string[] CppStandards = ["c++98", "c++17", "c++20"];

    // Each header comes first once, and all of them twice.
    private const string Source = """
        #include "vpio_machine.h"
        #include "vpio_process.h"
        #include "vpio_nic.h"
        #include "vpio_layout.h"
        #include "vpio.h"
        #include "vpio_nic.h"
        #include "vpio_process.h"
        #include "vpio_machine.h"
        #include "vpio_layout.h"
        int vpio_probe(uint64_t word);
        int vpio_probe(uint64_t word)
        {
            return vpio_word_is_held_by(vpio_le64(word), vpio_word_owner(word), VPIO_GENERATION_MASK) && VPIO_WAIT_FOREVER != word;
        }
        """;

    private static IEnumerable<Compiler> Compilers =>
    [
        new("x86-64", ["gcc"]),
        new("i386", ["i686-linux-gnu-gcc"]),
        new("aarch64", ["aarch64-linux-gnu-gcc"]),
        new("armhf", ["arm-linux-gnueabihf-gcc"]),
        new("s390x", ["s390x-linux-gnu-gcc"]),
        new("x86-64", ["clang", "--target=x86_64-linux-gnu"]),
        new("i386", ["clang", "--target=i686-linux-gnu"]),
        new("aarch64", ["clang", "--target=aarch64-linux-gnu"]),
        new("armhf", ["clang", "--target=arm-linux-gnueabihf"]),
        new("s390x", ["clang", "--target=s390x-linux-gnu"]),
    ];

    [Test]
    public void TheHeadersCompileWithoutAWarningAndEveryFieldLiesAsSpecified([ValueSource(nameof(Compilers))] Compiler compiler, [ValueSource(nameof(CStandards))] string standard) =>
        WithSource(Source, ".c", path => compiler.Compile(["-std=" + standard, .. Strict, path]));

    [Test]
    public void TheHeadersCompileAsCPlusPlus([ValueSource(nameof(Compilers))] Compiler compiler, [ValueSource(nameof(CppStandards))] string standard) =>
        WithSource(Source, ".c", path => CppOf(compiler).Compile(["-x", "c++", "-std=" + standard, .. Strict, path]));

    [Test]
    public void TheHeadersCompileForI386ByTheNativeCompilerWithoutALibrary() =>
        WithSource(Source, ".c", path => new Compiler("i386", ["gcc", "-m32", "-ffreestanding"]).Compile(["-std=c90", .. Strict, path]));

    [Test]
    public void AKernelMayBringItsOwnTypes() => WithSource(
        "typedef unsigned char uint8_t; typedef unsigned short uint16_t; typedef unsigned int uint32_t; typedef unsigned long uint64_t;\n#define VPIO_NO_STDINT\n" + Source,
        ".c",
        path => new Compiler("x86-64", ["gcc"]).Compile(["-std=c90", "-nostdinc", "-isystem", GccInclude(), .. Strict, path]));

    [TestCase("VPIO_PROVE(planted, offsetof(struct vpio_device_slot, waiters) == 25);")]
    [TestCase("VPIO_PROVE(planted, sizeof(struct vpio_guest_page) == 4095);")]
    public void AFalseClaimDoesNotCompile(string claim)
    {
        string proofs = Tree.Read("abi/include/vpio_layout.h").Replace("\n#undef VPIO_PROVE", $"\n{claim}\n#undef VPIO_PROVE", StringComparison.Ordinal);
        WithSource(proofs, ".c", path => Assert.That(new Compiler("x86-64", ["gcc"]).Accepts(["-std=c90", .. Strict, path]), Is.False));
    }

    private static Compiler CppOf(Compiler compiler) =>
        compiler with { Command = [compiler.Command[0].Replace("gcc", "g++", StringComparison.Ordinal), .. compiler.Command[1..]] };

    // The compiler's own stddef.h stands for the kernel's.
    private static string GccInclude() => Directory.GetDirectories("/usr/lib/gcc/x86_64-linux-gnu").Select(folder => Path.Combine(folder, "include")).First(Directory.Exists);

    private static void WithSource(string source, string ending, Action<string> use)
    {
        string path = Path.Combine(Path.GetTempPath(), $"vpio-{Guid.NewGuid():N}{ending}");
        File.WriteAllText(path, source + "\n");
        try
        {
            use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
