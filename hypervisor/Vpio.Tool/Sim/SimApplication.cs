using Vpio.Simulation;
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
        using FileStream? plot = arguments.Plot is { } path ? Create(path) : null;
        using SimulationRun run = new(arguments.Options);
        run.Run();
        SimReport report = new(arguments, run);
        if (plot is not null)
            Write(plot, WaitPlot.Draw(report, WaitPlot.FormatOf(arguments.Plot!)!));
        if (arguments.Json)
            output.WriteLine(JsonSimReport.Write(report));
        else
            new SimSummary(report).Write(output);
        return report.Code;
    }

    private static FileStream Create(string path)
    {
        try
        {
            return File.Create(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{path} cannot be written: {refused.Message.ReplaceLineEndings(" ")} Name another place with --plot.");
        }
    }

    private static void Write(FileStream plot, byte[] drawn)
    {
        try
        {
            plot.Write(drawn);
            plot.Flush();
        }
        catch (IOException failure)
        {
            throw new UsageException($"{plot.Name} cannot be written ({failure.Message.ReplaceLineEndings(" ")}); make room or name another place with --plot.");
        }
    }
}
