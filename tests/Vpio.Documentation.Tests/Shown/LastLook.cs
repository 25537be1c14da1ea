using Vpio.Tool.Reporting;

namespace Vpio.Documentation.Tests.Shown;

/// <summary>Keeps the last look at a run in which somebody held the device and frames were sent.</summary>
internal sealed class LastLook : IRunView
{
    /// <inheritdoc/>
    public TimeSpan Interval => TimeSpan.FromMilliseconds(100);

    /// <summary>Gets the look.</summary>
    public RunSnapshot? Snapshot { get; private set; }

    /// <inheritdoc/>
    public void During(Action<Action<RunSnapshot>> run) => run(snapshot =>
    {
        if (snapshot.Device.IsHeld && snapshot.Guests.Any(guest => DeviceText.Owns(snapshot, guest)))
            Snapshot = snapshot;
    });
}
