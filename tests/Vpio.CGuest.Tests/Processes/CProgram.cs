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

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(Folder, recursive: true);
}
