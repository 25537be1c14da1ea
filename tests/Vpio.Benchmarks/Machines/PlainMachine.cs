using System.Diagnostics;
using System.Globalization;
using Vpio.Benchmarks.Processes;

namespace Vpio.Benchmarks.Machines;

/// <summary>Is the C program that does the same with KVM, and nothing around it.</summary>
internal static class PlainMachine
{
    private const string Source = "tests/Vpio.Benchmarks/Machines/machine.c";

    /// <summary>Builds it.</summary>
    /// <returns>Where it is.</returns>
    public static string Build() => CompiledProgram.Build("plain-machine", ["-std=gnu11", "-pthread"], [Source]);

    /// <summary>Runs it.</summary>
    /// <param name="program">Where it is.</param>
    /// <returns>Its figures by their names, microseconds.</returns>
    public static IReadOnlyDictionary<string, double> Measure(string program)
    {
        using Process process = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("The plain program could not use KVM.");
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture) / 1000);
    }
}
