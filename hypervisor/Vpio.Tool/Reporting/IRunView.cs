namespace Vpio.Tool.Reporting;

/// <summary>Shows a run while it lasts.</summary>
internal interface IRunView
{
    /// <summary>Gets how often it wants to be shown something.</summary>
    TimeSpan Interval { get; }

    /// <summary>Lets a run run, and shows it meanwhile.</summary>
    /// <param name="run">The run; it is given what shows a snapshot, to be called on its own thread.</param>
    void During(Action<Action<RunSnapshot>> run);
}
