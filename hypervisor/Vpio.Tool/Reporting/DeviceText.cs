using Vpio.Abi;
using Vpio.Hypervisor.Tracing;
using Vpio.Jobs;

namespace Vpio.Tool.Reporting;

/// <summary>Says in words what a device and its guests do.</summary>
internal static class DeviceText
{
    /// <summary>Says what the device does.</summary>
    /// <param name="word">Its state word.</param>
    /// <returns>For example <c>owned by d3 #412</c>.</returns>
    internal static string State(StateWord word) => word.State switch
    {
        DeviceState.Owned => $"owned by {word.Owner} {word.Generation}",
        DeviceState.Revoking => $"asked back from {word.Owner} {word.Generation}",
        DeviceState.Reclaiming => $"changing hands after {word.Generation}",
        DeviceState.Free => $"free after {word.Generation}",
        _ => "offline",
    };

    /// <summary>Says how the device was shared so far.</summary>
    /// <param name="statistics">The figures.</param>
    internal static string Sharing(DeviceStatistics statistics) =>
        $"hand-overs {Figure.Count(statistics.HandOvers)}, revocations {Figure.Count(statistics.Revocations)}, forced stops {Figure.Count(statistics.ForcedStops)}";

    /// <summary>Says how long owners took to release when asked.</summary>
    /// <param name="statistics">The figures.</param>
    internal static string Release(DeviceStatistics statistics) => statistics.UpcallToReleaseCount == 0
        ? "upcall-to-release: nobody was asked yet"
        : $"upcall-to-release p50 {Figure.Short(statistics.UpcallToReleaseP50)}, p99 {Figure.Short(statistics.UpcallToReleaseP99)}";

    /// <summary>Says in one word what a guest does.</summary>
    /// <param name="run">The look at the run.</param>
    /// <param name="guest">The guest.</param>
    internal static string Activity(RunSnapshot run, GuestSnapshot guest)
    {
        if (Owns(run, guest))
            return run.Device.State == DeviceState.Revoking ? "asked" : "holds";
        return guest.Activity switch
        {
            GuestActivity.Starting or GuestActivity.Ready => "starts",
            GuestActivity.Waiting or GuestActivity.Holding => "waits",
            GuestActivity.Sleeping => "sleeps",
            GuestActivity.Done => "done",
            GuestActivity.Stopped => "stopped",
            GuestActivity.Quarantined => "quarantined",
            GuestActivity.Dead => "dead",
            _ => "failed",
        };
    }

    /// <summary>Tells whether a guest owns the device.</summary>
    /// <param name="run">The look at the run.</param>
    /// <param name="guest">The guest.</param>
    internal static bool Owns(RunSnapshot run, GuestSnapshot guest) => run.Device.IsHeld && run.Device.Owner == guest.Id;

    /// <summary>Says what a guest is to do.</summary>
    /// <param name="guest">The guest.</param>
    internal static string Role(GuestSnapshot guest)
    {
        string role = guest.Role.ToString().ToLowerInvariant();
        return guest.IsHog ? role + " hog" : role;
    }
}
