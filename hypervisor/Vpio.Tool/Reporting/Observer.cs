using Vpio.Hypervisor.Guests;
using Vpio.Tool.Accounting;
using Vpio.Tool.Guests;
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
        elapsed, stage.Device.State, stage.Device.Statistics, [.. stage.Programs.Select(program => Look(stage, program))]);

    private static GuestSnapshot Look(Stage stage, GuestProgram program)
    {
        Guest guest = program.Setup.Guest;
        ReceiveCounts received = program.Setup.Account.Receiving.Counts;
        return new GuestSnapshot
        {
            Id = guest.Id,
            Role = program.Plan.Role,
            IsHog = program.Plan.IsHog,
            Mac = program.Plan.Mac,
            Weight = stage.Device.GetWeight(guest),
            Activity = guest.State switch
            {
                GuestState.Running => program.Activity,
                GuestState.Quarantined => GuestActivity.Quarantined,
                _ => GuestActivity.Stopped,
            },
            Generation = program.Generation,
            Ownership = stage.Device.GetOwnershipStatistics(guest),
            Sent = program.Setup.Account.Sending.Sent,
            Received = received.Received,
            ParkedDropped = received.ParkedDropped,
            StoppedDropped = received.Discarded + received.GuestStopped,
            LastRelease = program.ReleaseTimes.Last,
        };
    }
}
