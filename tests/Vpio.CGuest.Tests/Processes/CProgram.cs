using System.Reflection;
using Vpio.Programs;

namespace Vpio.CGuest.Tests.Processes;

/// <summary>Is the guest's program in C, compiled once for all tests here by gcc.</summary>
[SetUpFixture]
internal sealed class CProgram
{
    private static readonly string[] Strictly = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-O2"];
    private static readonly string Own = Directory.CreateTempSubdirectory("vpio-c-program-").FullName;
    private static readonly Lazy<string> Compiled = new(() => Compile("gcc", Path.Combine(Own, "vpio-guest"), Sources));

    /// <summary>Gets where the program is.</summary>
    public static string FileName
    {
        get
        {
            InstalledProgram.Demand("gcc");
            return Compiled.Value;
        }
    }

    /// <summary>Gets a folder that is deleted when the tests are over.</summary>
    public static string Folder => Own;

    /// <summary>Gets the sources of the program: all there are.</summary>
    public static string[] Sources => Directory.GetFiles(SourceFolder, "*.c");

    /// <summary>Gets the sources of the program for a virtual machine.</summary>
    public static string[] MachineSources =>
        [.. Sources.Where(source => Path.GetFileName(source) is not ("vpio_guest_main.c" or "vpio_process_port.c")), .. Directory.GetFiles(Path.Combine(SourceFolder, "machine"), "*.c")];

    private static string SourceFolder => Path.Combine(Checkout, "guest-driver/c");

    private static string Checkout { get; } = typeof(CProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Checkout").Value!;

    /// <summary>Compiles a program, without a warning.</summary>
    /// <returns>Where it is.</returns>
    public static string Compile(string compiler, string file, params string[] sources)
    {
        string[] arguments = [.. Strictly, "-I", Path.Combine(Checkout, "abi/include"), "-I", SourceFolder, "-o", file, .. sources];
        (int code, string said) = InstalledProgram.Execute(compiler, arguments);
        Assert.That((code, said), Is.EqualTo((0, string.Empty)));
        return file;
    }

    /// <summary>Compiles a source for a machine with nothing below it, where no header is but the compiler's own, without a warning.</summary>
    public static void CompileFreestanding(string compiler, string source)
    {
        string[] freestanding = [.. Strictly[1..], "-std=gnu11", "-ffreestanding", "-mno-red-zone", "-mgeneral-regs-only", "-nostdinc", "-isystem", HeadersOf(compiler)];
        string[] arguments = [.. freestanding, "-I", Path.Combine(Checkout, "abi/include"), "-I", SourceFolder, "-c", "-o", "/dev/null", source];
        (int code, string said) = InstalledProgram.Execute(compiler, arguments);
        Assert.That((code, said), Is.EqualTo((0, string.Empty)));
    }

    /// <summary>Compiles a program of one source and the guest's sources that it names, and runs it.</summary>
    /// <returns>What it prints, line by line.</returns>
    public static string[] Run(string source, params string[] sources)
    {
        InstalledProgram.Demand("gcc");
        string file = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file + ".c", source);
        Compile("gcc", file, [file + ".c", .. sources.Select(each => Path.Combine(SourceFolder, each))]);
        (int code, string said) = InstalledProgram.Execute(file, []);
        Assert.That(code, Is.Zero, said);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string HeadersOf(string compiler) =>
        Path.GetDirectoryName(InstalledProgram.Execute(compiler, ["-print-file-name=include/stdint.h"]).Said.Trim())!;

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(Folder, recursive: true);
}
