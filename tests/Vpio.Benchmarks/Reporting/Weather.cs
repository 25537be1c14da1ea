using System.Globalization;
using System.Runtime.InteropServices;

namespace Vpio.Benchmarks.Reporting;

/// <summary>Says on what something was measured, and when.</summary>
internal static class Weather
{
    /// <summary>Describes machine, system, versions and day.</summary>
    /// <returns>A sentence.</returns>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured {DateTime.UtcNow:yyyy-MM-dd}: {Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, Vpio {typeof(Vpio.Abi.DeviceIndex).Assembly.GetName().Version?.ToString(3)}.");

    private static string Processor() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
