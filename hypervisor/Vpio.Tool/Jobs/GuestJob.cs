using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Jobs;

/// <summary>Says all that a guest's program must know to do its part of a run.</summary>
internal sealed record GuestJob
{
    /// <summary>Gets the device to share.</summary>
    internal required DeviceIndex Device { get; init; }

    /// <summary>Gets the device on which the program may practise before the run begins; null when there is none.</summary>
    internal DeviceIndex? PracticeDevice { get; init; }

    /// <summary>Gets the guest's address.</summary>
    internal required MacAddress Mac { get; init; }

    /// <summary>Gets what it sends; null when it only receives, or only is there.</summary>
    internal OutgoingFrames? Outgoing { get; init; }

    /// <summary>Gets how fast it may send.</summary>
    internal required FrameRate Rate { get; init; }

    /// <summary>Gets whether it ignores that it is asked for the device.</summary>
    internal bool IsHog { get; init; }

    /// <summary>Gets whether the wire can bring it frames.</summary>
    internal bool Receives { get; init; }

    /// <summary>Gets how many frames its rings hold, a power of two.</summary>
    internal required int RingEntries { get; init; }

    /// <summary>Gets how many frames of each kind it reports before it waits for domain 0 to read that, a power of two.</summary>
    internal uint ReportEntries { get; init; } = JobLayout.ReportEntries;
}
