namespace Vpio.Tool.Reporting;

/// <summary>Shows nothing: for <c>--json</c>, whose object is all that is printed.</summary>
internal sealed class SilentView : IRunView
{
    /// <inheritdoc/>
    public TimeSpan Interval => TimeSpan.MaxValue;

    /// <inheritdoc/>
    public void During(Action<Action<RunSnapshot>> run) => run(_ => { });
}
