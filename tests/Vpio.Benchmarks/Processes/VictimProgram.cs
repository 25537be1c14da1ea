using System.Diagnostics;

namespace Vpio.Benchmarks.Processes;

/// <summary>Builds the guest that is killed: in C, for it is up in a millisecond.</summary>
internal static class VictimProgram
{
    private static readonly string[] Sources = ["guest-driver/c/vpio_guest.c", "guest-driver/c/vpio_process_port.c", "tests/Vpio.Benchmarks/Processes/victim.c"];

    public static string Build()
    {
        string checkout = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(checkout, "Vpio.sln")))
            checkout = Path.GetDirectoryName(checkout) ?? throw new InvalidOperationException("Run this benchmark from a checkout: it compiles a program of it.");
        string program = Path.Combine(AppContext.BaseDirectory, "victim");
        using Process compiler = Process.Start("gcc",
        [
            "-std=c99", "-O2", "-I", Path.Combine(checkout, "abi/include"), "-I", Path.Combine(checkout, "guest-driver/c"), "-o", program,
            .. Sources.Select(source => Path.Combine(checkout, source)),
        ]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? program : throw new InvalidOperationException("gcc could not build the program.");
    }
}
