using Vpio.Jobs;
using Vpio.Tool.Accounting;
using Vpio.Tool.Run;

namespace Vpio.Tool.Reporting;

/// <summary>Looks at a stage.</summary>
internal static class Observer
{
    /// <summary>Takes a look.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="elapsed">The time since the guests began.</param>
    /// <returns>What was seen.</returns>
    internal static RunSnapshot Look(Stage stage, TimeSpan elapsed) => new(
        elapsed, stage.Device.State, stage.Device.Statistics, [.. stage.Guests.Select(guest => Look(stage, guest))]);

    private static GuestSnapshot Look(Stage stage, RunGuest guest)
    {
        ReceiveCounts received = guest.Account.Receiving.Counts;
        return new GuestSnapshot
        {
            Id = guest.Guest.Id,
            Role = guest.Plan.Role,
            Kind = guest.Kind,
            IsHog = guest.Plan.IsHog,
            Mac = guest.Plan.Mac,
            Weight = stage.Device.GetWeight(guest.Guest),
            Activity = guest.Activity,
            Generation = guest.End.Generation,
            Ownership = guest.Use,
            Sent = guest.Account.Sending.Sent,
            Received = received.Received,
            ParkedDropped = received.ParkedDropped,
            StoppedDropped = received.Discarded + received.GuestStopped,
            LastRelease = guest.End.LastRelease,
            Replacements = guest.Replacements,
            EndOfProcess = guest.Activity == GuestActivity.Dead ? guest.Body.End : null,
        };
    }
}
