using Vpio.Simulation;
using Vpio.Tool.Reporting;
using Vpio.Tool.Run;

namespace Vpio.Tool.Sim;

/// <summary>Is <c>vpio sim</c> from the parsed command line to the exit code: simulates, reports, draws.</summary>
internal static class SimApplication
{
    /// <summary>Runs.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Where the report goes.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="UsageException">The plot cannot be written where it should.</exception>
    internal static int Run(SimArguments arguments, TextWriter output)
    {
        PlotFile? plot = arguments.Plot is { } path ? PlotFile.At(path) : null;
        using SimulationRun run = new(arguments.Options);
        run.Run();
        SimReport report = new(arguments, run);
        plot?.Write(WaitPlot.Draw(report, plot.Format));
        if (arguments.Json)
            output.WriteLine(JsonSimReport.Write(report));
        else
            new SimSummary(report).Write(output);
        return report.Code;
    }
}
