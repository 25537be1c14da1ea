using System.Diagnostics;

namespace Vpio.Benchmarks;

/// <summary>Measures the memory of the default run of the tool, as a process.</summary>
internal static class DefaultRunBenchmark
{
    public static void Run()
    {
        // The tool stands beside this program's own output, in the same configuration.
        string output = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
        string tool = Path.GetFullPath(Path.Combine(output, "../../../../../hypervisor/Vpio.Tool/bin", configuration, Path.GetFileName(output), "vpio.dll"));
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [tool, "run", "--json"]) { RedirectStandardOutput = true })!;
        Task<string> report = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(50))
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
        }

        Console.WriteLine("Default run of the tool");
        Console.WriteLine($"  exit code {process.ExitCode}, peak working set {peak / 1e6:0} MB   (aim: below 200 MB)");
        Console.WriteLine($"  {report.Result.Length} characters of report\n");
    }
}
