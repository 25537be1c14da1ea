namespace Vpio.Tool.Reporting;

/// <summary>Shows the run as plain lines, one a second: for pipes, files and terminals that cannot do better.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class PlainProgress(TextWriter output) : IRunView
{
    /// <inheritdoc/>
    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void During(Action<Action<RunSnapshot>> run) => run(Show);

    private void Show(RunSnapshot run)
    {
        output.WriteLine(
            $"{Figure.Seconds(run.Elapsed, 1)} s: {DeviceText.State(run.Device)}, sent {Figure.Count(run.FramesSent)}, received {Figure.Count(run.FramesReceived)}, "
            + $"dropped {Figure.Count(run.FramesParkedDropped + run.FramesStoppedDropped)}, {DeviceText.Sharing(run.Statistics)}, {DeviceText.Release(run.Statistics)}");
        output.Flush();
    }
}
