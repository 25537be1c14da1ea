using Vpio.Hypervisor.Guests;
using Vpio.Tool.Reporting;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Bench;

/// <summary>Is <c>vpio bench exits</c> from the parsed command line to the exit code: the papers' experiment, redone.</summary>
internal static class ExitsApplication
{
    /// <summary>Runs.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="output">Where the figures go.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="UsageException">No virtual machine can be run here, or the plot cannot be written where it should.</exception>
    internal static int Run(ExitsOptions options, TextWriter output)
    {
        if (KvmSupport.WhyNot(options.KvmDescriptor) is { } reason)
            throw new UsageException($"vpio bench exits runs guests in virtual machines: {reason}.");
        PlotFile? plot = options.Plot is { } path ? PlotFile.At(path) : null;
        IReadOnlyList<WayFigures> figures = Measure(options);
        plot?.Write(ExitsPlot.Draw(figures, plot.Format));
        output.Write(options.Json ? JsonExitsReport.Write(options, figures) : ExitsTable.Write(options, figures));
        return ExitCode.Success;
    }

    private static IReadOnlyList<WayFigures> Measure(ExitsOptions options)
    {
        GuestImage program = new(File.ReadAllBytes(CProgram.Machine.Build()));
        IReadOnlyList<ReadOnlyMemory<byte>> frames = SampleTraffic.ReadSample().Frames;
        List<WayFigures> figures = [];
        foreach (NicTraffic traffic in NicTraffic.All)
        {
            List<IReadOnlyDictionary<NicWay, WaySample>> rounds = [];
            for (int round = 0; round < options.Rounds; round++)
                rounds.Add(Round(round, traffic, program, frames, options));
            figures.AddRange(NicWay.All.Select(way => WayFigures.Of(way, traffic, rounds)));
        }

        return figures;
    }

    // In another order each time: what a machine is busy with besides is spread over all.
    private static Dictionary<NicWay, WaySample> Round(int round, NicTraffic traffic, GuestImage program, IReadOnlyList<ReadOnlyMemory<byte>> frames, ExitsOptions options)
    {
        Dictionary<NicWay, WaySample> samples = [];
        for (int i = 0; i < NicWay.All.Count; i++)
        {
            NicWay way = NicWay.All[(round + i) % NicWay.All.Count];
            using WayRun run = new(way, traffic, program, frames, options);
            samples.Add(way, run.Measure(options.Duration));
        }

        return samples;
    }
}
