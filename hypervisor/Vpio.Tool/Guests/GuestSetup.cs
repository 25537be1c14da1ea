using Vpio.Abi;
using Vpio.Hypervisor.Guests;
using Vpio.Tool.Accounting;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Guests;

/// <summary>Holds what a guest's program is given when it begins.</summary>
/// <param name="Guest">The guest, whose port the program attaches to.</param>
/// <param name="Device">The shared device.</param>
/// <param name="Plan">What to do.</param>
/// <param name="Account">Where its frames are accounted for.</param>
/// <param name="Rate">How fast it may transmit.</param>
/// <param name="Receives">Whether the wire can bring it frames.</param>
/// <param name="RingEntries">How many frames its rings hold, a power of two.</param>
internal sealed record GuestSetup(
    Guest Guest, DeviceIndex Device, GuestPlan Plan, GuestAccount Account, FrameRate Rate, bool Receives, int RingEntries)
{
    /// <summary>Gets how far the run is.</summary>
    internal required RunPhase Phase { get; init; }

    /// <summary>Gets who is told of a program that failed.</summary>
    internal required Action<string> Blame { get; init; }
}
