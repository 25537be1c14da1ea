using Vpio.Hypervisor.Tracing;

namespace Vpio.Tool.Reporting;

/// <summary>Is the part of the <c>--json</c> object about the time from asking an owner for the device to the end of its ownership.</summary>
/// <param name="P50">The median, microseconds; 0 when nobody was asked.</param>
/// <param name="P99">The 99th percentile, microseconds.</param>
/// <param name="Count">How many such times there are.</param>
internal sealed record JsonRelease(double P50, double P99, ulong Count)
{
    /// <summary>Takes the figures of a device.</summary>
    /// <param name="statistics">The figures.</param>
    internal static JsonRelease Of(DeviceStatistics statistics) => new(
        Math.Round(statistics.UpcallToReleaseP50.TotalMicroseconds, 1),
        Math.Round(statistics.UpcallToReleaseP99.TotalMicroseconds, 1),
        statistics.UpcallToReleaseCount);
}
