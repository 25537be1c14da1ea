using Vpio.Abi;
using Vpio.Hypervisor.Tracing;

namespace Vpio.Tool.Reporting;

/// <summary>Is a look at a run: the device and every guest at about the same moment.</summary>
/// <param name="Elapsed">The time since the guests began.</param>
/// <param name="Device">The device's state word.</param>
/// <param name="Statistics">How it was shared so far.</param>
/// <param name="Guests">The guests, by domain id.</param>
internal sealed record RunSnapshot(TimeSpan Elapsed, StateWord Device, DeviceStatistics Statistics, IReadOnlyList<GuestSnapshot> Guests)
{
    /// <summary>Gets the number of frames all guests sent.</summary>
    internal long FramesSent => Guests.Sum(guest => guest.Sent);

    /// <summary>Gets the number of frames all guests received.</summary>
    internal long FramesReceived => Guests.Sum(guest => guest.Received);

    /// <summary>Gets the number of frames that were dropped because a guest did not hold the device for too long.</summary>
    internal long FramesParkedDropped => Guests.Sum(guest => guest.ParkedDropped);

    /// <summary>Gets the number of frames that were dropped or thrown away because their guest was stopped.</summary>
    internal long FramesStoppedDropped => Guests.Sum(guest => guest.StoppedDropped);

    /// <summary>Gets whether guests differ in where they live.</summary>
    internal bool KindsDiffer => Guests.Any(guest => guest.Kind != Guests[0].Kind);

    /// <summary>Gets how often guests were replaced by new ones.</summary>
    internal long Replacements => Guests.Sum(guest => (long)guest.Replacements);
}
