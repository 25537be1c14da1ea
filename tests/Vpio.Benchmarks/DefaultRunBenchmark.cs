using System.Diagnostics;
using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks;

/// <summary>Measures the memory of the default run of the tool, as a process.</summary>
internal static class DefaultRunBenchmark
{
    private const int Rounds = 5;

    /// <summary>Runs it.</summary>
    public static void Run(Report report)
    {
        // The tool stands beside this program's own output, in the same configuration.
        string output = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
        string tool = Path.GetFullPath(Path.Combine(output, "../../../../../hypervisor/Vpio.Tool/bin", configuration, Path.GetFileName(output), "vpio.dll"));
        (Spread run, string runCodes) = PeaksOf("dotnet", [tool, "run", "--json"]);
        (Spread bare, string bareCodes) = PeaksOf("dotnet", [tool, "--version"]);
        report.Table(["as a process", "peak working set, MB", "aim", "exit codes"],
        [
            ["`vpio run`", run.ToString("0"), Aim.AtMost(200).Judge(run), runCodes],
            ["`vpio --version`, which runs nothing (the limit)", bare.ToString("0"), string.Empty, bareCodes],
        ]);
    }

    private static (Spread Mb, string Codes) PeaksOf(string program, string[] arguments)
    {
        (double Mb, int Code)[] runs = [.. Enumerable.Range(0, Rounds).Select(_ => PeakOf(program, arguments))];
        return (new Spread([.. runs.Select(run => run.Mb)]), string.Join(", ", runs.Select(run => run.Code).Distinct()));
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
