using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Tracing;
using Vpio.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Reporting;

/// <summary>Is a look at one guest.</summary>
internal sealed record GuestSnapshot
{
    /// <summary>Gets the guest.</summary>
    internal required DomainId Id { get; init; }

    /// <summary>Gets what it is to do.</summary>
    internal required GuestRole Role { get; init; }

    /// <summary>Gets where it lives.</summary>
    internal required GuestKind Kind { get; init; }

    /// <summary>Gets whether it ignores that it is asked for the device.</summary>
    internal required bool IsHog { get; init; }

    /// <summary>Gets its address.</summary>
    internal required MacAddress Mac { get; init; }

    /// <summary>Gets how many slices long its slices are.</summary>
    internal required int Weight { get; init; }

    /// <summary>Gets what it is doing.</summary>
    internal required GuestActivity Activity { get; init; }

    /// <summary>Gets the generation of its present or latest ownership.</summary>
    internal required Generation Generation { get; init; }

    /// <summary>Gets how it used the device so far; its grants are its slices.</summary>
    internal required OwnershipStatistics Ownership { get; init; }

    /// <summary>Gets the number of frames that the NIC put on the wire for it.</summary>
    internal required long Sent { get; init; }

    /// <summary>Gets the number of frames that its application received.</summary>
    internal required long Received { get; init; }

    /// <summary>Gets the number of frames to it that were dropped because it did not hold the device for too long.</summary>
    internal required long ParkedDropped { get; init; }

    /// <summary>Gets the number of frames to it that were thrown away or dropped because it was stopped or quarantined.</summary>
    internal required long StoppedDropped { get; init; }

    /// <summary>Gets how long it took, the last time, from being asked for the device to having released it.</summary>
    internal required TimeSpan LastRelease { get; init; }

    /// <summary>Gets how often it was replaced by a new one.</summary>
    internal required int Replacements { get; init; }

    /// <summary>Gets how its process ended, when it did though it had not done, and nobody stopped it; else null.</summary>
    internal required string? EndOfProcess { get; init; }
}
