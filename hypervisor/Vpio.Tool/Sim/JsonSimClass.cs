namespace Vpio.Tool.Sim;

/// <summary>Is the part of the <c>--json</c> object about the guests of one weight; times in milliseconds.</summary>
internal sealed record JsonSimClass
{
    public required int Weight { get; init; }

    public required int Guests { get; init; }

    public required ulong Waits { get; init; }

    public required double WaitP50Ms { get; init; }

    public required double WaitP99Ms { get; init; }

    public required double WaitMaxMs { get; init; }

    public required double BoundMs { get; init; }

    public required double ClosestToBound { get; init; }

    public required double DeviceMsPerGuest { get; init; }

    /// <summary>Takes the figures of a weight.</summary>
    /// <param name="each">The figures.</param>
    internal static JsonSimClass Of(SimClass each) => new()
    {
        Weight = each.Weight,
        Guests = each.Guests,
        Waits = each.Waits.Count,
        WaitP50Ms = Milliseconds(each.Waits.Percentile(0.50)),
        WaitP99Ms = Milliseconds(each.Waits.Percentile(0.99)),
        WaitMaxMs = Milliseconds(each.Waits.LongestNs),
        BoundMs = Milliseconds(each.Waits.BoundNs),
        ClosestToBound = Math.Round(each.Waits.ClosestToBound, 6),
        DeviceMsPerGuest = Milliseconds(each.OwnedNs),
    };

    private static double Milliseconds(double nanoseconds) => Math.Round(nanoseconds / 1e6, 4);
}
