using Spectre.Console;
using Vpio.Tool.Reporting;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Documentation.Tests.Shown;

/// <summary>Runs <c>vpio run</c> and draws the table that a terminal would show shortly before the end.</summary>
internal static class RunPicture
{
    // Room for every column but the address.
    private const int Columns = 114;
    private const int Lines = 30;

    // A guest that is stopped because the machine is busy would not be what is shown; the grace is not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs and draws.</summary>
    /// <param name="duration">How long frames are sent.</param>
    /// <returns>The picture, SVG.</returns>
    public static string Draw(TimeSpan duration)
    {
        RunOptions options = new() { Duration = duration, Grace = Patience };
        TrafficPlan plan = TrafficPlan.For(options);
        LastLook look = new();
        using Interruption interruption = new();
        RunReport report = new RunSession(options, plan, new GuestPrograms(options), output: null, interruption).Run(look);
        Assert.That(report.ExitCode, Is.Zero, "the run that is shown must be sound");
        Assert.That(look.Snapshot, Is.Not.Null, "nobody ever held the device");

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(TextWriter.Null) });
        console.Profile.Width = Columns;
        console.Profile.Height = Lines;
        using Recorder recorder = console.CreateRecorder();
        recorder.Write(new LiveTable(recorder, plan.Duration).Draw(look.Snapshot!));
        return recorder.Export(new ConsolePicture("vpio run"));
    }
}
