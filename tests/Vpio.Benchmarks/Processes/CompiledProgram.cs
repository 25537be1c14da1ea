using System.Diagnostics;

namespace Vpio.Benchmarks.Processes;

/// <summary>Builds programs in C of a checkout.</summary>
internal static class CompiledProgram
{
    /// <summary>Builds one.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="options">What the compiler is told besides.</param>
    /// <param name="sources">Its sources, from the root of the checkout on.</param>
    /// <returns>Where it is.</returns>
    public static string Build(string name, string[] options, string[] sources)
    {
        string checkout = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(checkout, "Vpio.sln")))
            checkout = Path.GetDirectoryName(checkout) ?? throw new InvalidOperationException("Run this benchmark from a checkout: it compiles a program of it.");
        string program = Path.Combine(AppContext.BaseDirectory, name);
        using Process compiler = Process.Start("gcc",
        [
            .. options, "-O2", "-I", Path.Combine(checkout, "abi/include"), "-I", Path.Combine(checkout, "guest-driver/c"), "-o", program,
            .. sources.Select(source => Path.Combine(checkout, source)),
        ]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? program : throw new InvalidOperationException("gcc could not build the program.");
    }
}
