using Spectre.Console;
using Vpio.Tool.Reporting;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Is <c>vpio run</c> from the parsed command line to the exit code: plans, opens, runs, reports.</summary>
internal static class RunApplication
{
    // What a report written into a pipe or file is laid out for.
    private const int PlainWidth = 160;

    /// <summary>Runs.</summary>
    /// <param name="options">The command line.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="UsageException">The command line or an input cannot be used; nothing was run.</exception>
    internal static int Run(RunOptions options)
    {
        DebuggerFiles.Remove();
        TrafficPlan plan = TrafficPlan.For(options);
        var programs = new GuestPrograms(options);
        using OutputCapture? output = options.CaptureOut is { } path ? OutputCapture.Create(path, options.Capture) : null;
        using var interruption = new Interruption();
        Rehearsal.Run(interruption);
        RunReport report = new RunSession(options, plan, programs, output, interruption).Run(View(options, plan));
        Print(report);
        if (report.OutputFailure is { } failure)
            Console.Error.WriteLine("vpio: " + failure);
        return report.ExitCode;
    }

    private static IRunView View(RunOptions options, TrafficPlan plan)
    {
        if (options.Json)
            return new SilentView();
        return IsTerminal ? new LiveTable(AnsiConsole.Console, plan.Duration) : new PlainProgress(Console.Out);
    }

    private static void Print(RunReport report)
    {
        if (report.Options.Json)
            Console.Out.WriteLine(JsonReport.Write(report));
        else
            new Summary(report, IsTerminal ? AnsiConsole.Profile.Width : PlainWidth).Write(Console.Out);
    }

    private static bool IsTerminal => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
}
