using System.Diagnostics;
using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks;

/// <summary>Measures the memory of the default run of the tool, as a process.</summary>
internal static class DefaultRunBenchmark
{
    /// <summary>Runs it.</summary>
    public static void Run(Report report)
    {
        // The tool stands beside this program's own output, in the same configuration.
        string output = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
        string tool = Path.GetFullPath(Path.Combine(output, "../../../../../hypervisor/Vpio.Tool/bin", configuration, Path.GetFileName(output), "vpio.dll"));
        (double Mb, int Code) run = PeakOf("dotnet", [tool, "run", "--json"]);
        (double Mb, int Code) bare = PeakOf("dotnet", [tool, "--version"]);
        report.Table(["as a process", "peak working set, MB", "aim", "exit code"],
        [
            ["`vpio run`", $"{run.Mb:0}", Aim.AtMost(200).Judge(run.Mb), $"{run.Code}"],
            ["`vpio --version`, which runs nothing (the limit)", $"{bare.Mb:0}", string.Empty, $"{bare.Code}"],
        ]);
    }

    private static (double Mb, int Code) PeakOf(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(20))
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
        }

        _ = said.Result;
        return (peak / 1e6, process.ExitCode);
    }
}
