using Vpio.Abi;

namespace Vpio.Protocol.Tests.Stress;

/// <summary>Says what a guest did to a device.</summary>
internal enum DeedKind
{
    /// <summary>It got the device, at once or by waiting: from its call until it saw that it owns it.</summary>
    Granted,

    /// <summary>It gave the device back, and was told so.</summary>
    Released,

    /// <summary>It gave the device back too late: the hypervisor had taken it.</summary>
    ReleasedTooLate,

    /// <summary>It tried, and was told that the device is busy.</summary>
    FoundBusy,

    /// <summary>It waited, and left without a grant: from its call until the cancel returned.</summary>
    Waited,

    /// <summary>It was granted the device and lost it before it looked, or domain 0 took the device from everybody.</summary>
    Interrupted,
}

/// <summary>Is one line of a history: what a guest did, and between which two moments it took effect.</summary>
/// <param name="Kind">What.</param>
/// <param name="Guest">Who.</param>
/// <param name="Generation">The ownership; 0 where there is none.</param>
/// <param name="Start">When the call began, on the one counter of the history.</param>
/// <param name="End">When it had returned.</param>
internal readonly record struct Deed(DeedKind Kind, DomainId Guest, ulong Generation, long Start, long End);
