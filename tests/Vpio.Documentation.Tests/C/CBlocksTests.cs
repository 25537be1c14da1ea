using Vpio.Programs;
using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.C;

/// <summary>Holds the C of every page to a compiler, with the generated headers.</summary>
[TestFixture]
internal sealed class CBlocksTests
{
    private static IEnumerable<TestCaseData> Blocks => Checkout.Files(".md")
        .SelectMany(path => MarkdownPage.Load(path).Fences)
        .Where(block => block.Language == "c")
        .Select(block => new TestCaseData(block).SetArgDisplayNames(block.ToString()));

    [TestCaseSource(nameof(Blocks))]
    public void ABlockCompilesWithTheHeaders(CodeFence block)
    {
        (int code, string said) = Compile(block.Code);
        Assert.That(code, Is.Zero, $"{block}: {said}");
    }

    [TestCase("#include \"vpio.h\"\nint x = VPIO_NO_SUCH_NAME;\n")]
    [TestCase("#include \"vpio.h\"\nint f(void) { return vpio_no_such_function(); }\n")]
    public void APlantedBlockIsRefused(string text) => Assert.That(Compile(text).Code, Is.Not.Zero);

    private static (int Code, string Said) Compile(string text)
    {
        InstalledProgram.Demand("gcc");
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return InstalledProgram.Execute("gcc", ["-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", Path.Combine(Checkout.Root, "abi/include"), "-x", "c", file]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
