using Vpio.Benchmarks.Processes;
using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks.Sharing;

/// <summary>Measures what it costs guests to share a NIC: throughput over that of one guest alone, how long each waits, and how even it is.</summary>
internal static class SharingBenchmark
{
    private const int Rounds = 75;
    private const int GridRounds = 7;
    private const int GridFrameBytes = 64;
    private static readonly int[] Guests = [2, 4, 16, 64];
    private static readonly double[] SlicesMs = [0.1, 1, 10, 100];

    public static void Run(Report report)
    {
        report.Say("Each guest always has frames to send, and wants the NIC whenever it does not have it. The wire throws all away. The NIC's thread has a processor of its own, as a device of hardware takes none from guests; the guests and all else have another.");
        Sides.All[0].RunHere(() => Measure(report));
    }

    private static void Measure(Report report)
    {
        foreach (int frameBytes in (int[])[64, 1514])
        {
            new Contest($"frames of {frameBytes} bytes", "million/s", "0.000") { Rounds = Rounds }
                .Add("four guests, slices of 10 ms", () => MillionFrames(new SharingSetting(4, TimeSpan.FromMilliseconds(10)), frameBytes))
                .Add("one guest alone", () => MillionFrames(SharingSetting.Exclusive, frameBytes), Aim.AtLeast(0.99))
                .Run(report);
        }

        SharingRow[] rows = MeasureGrid();
        report.Say($"Frames of {GridFrameBytes} bytes, medians of {GridRounds} rounds, in each of which one guest alone is measured just before and just after. A wait is from asking for the NIC to having it; with n guests and slices of s it is (n - 1) s where nothing is lost. Jain's index is of the time that each had the NIC: 1 where all had the same.");
        report.Table(
            ["guests", "slice, ms", "throughput over exclusive", "wait, mean, ms", "wait, p99, ms", "Jain's index"],
            rows.Select(each => each.Cells()));
        report.Picture("sharing-throughput", "Throughput of guests that share over that of one alone, by the length of their slices", SharingPlot.Throughput(rows));
        report.Picture("sharing-waiting", "How long a guest waits for its turn, by the length of the slices", SharingPlot.Waiting(rows));
    }

    private static double MillionFrames(SharingSetting setting, int frameBytes) => setting.Measure(frameBytes).FramesPerSecond / 1_000_000;

    private static SharingRow[] MeasureGrid()
    {
        SharingSetting[] settings = [.. Guests.SelectMany(guests => SlicesMs.Select(ms => new SharingSetting(guests, TimeSpan.FromMilliseconds(ms))))];
        SharingRound[][] rounds = [.. Enumerable.Range(0, GridRounds).Select(_ => settings.Select(Measure).ToArray())];
        return [.. settings.Select((setting, i) => new SharingRow(setting, [.. rounds.Select(round => round[i])]))];
    }

    // Many turns of many guests last long, and the machine may be another in the end.
    private static SharingRound Measure(SharingSetting setting)
    {
        double before = Alone();
        SharingFigures figures = setting.Measure(GridFrameBytes);
        return new SharingRound((before + Alone()) / 2, figures);
    }

    private static double Alone() => SharingSetting.Exclusive.Measure(GridFrameBytes).FramesPerSecond;
}
