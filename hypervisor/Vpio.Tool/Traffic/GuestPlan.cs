using Vpio.Abi.Network;

namespace Vpio.Tool.Traffic;

/// <summary>Names what one guest does.</summary>
internal enum GuestRole
{
    /// <summary>Transmits a stream of frames; it also receives what the wire brings it.</summary>
    Tx,

    /// <summary>Receives.</summary>
    Rx,

    /// <summary>Neither: it only is there, and as a hog holds the device.</summary>
    Idle,
}

/// <summary>Says what one guest is to do.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Mac">Its address.</param>
/// <param name="Outgoing">What it transmits; null unless it does.</param>
/// <param name="IsHog">Whether it ignores that it is asked for the device.</param>
internal sealed record GuestPlan(GuestRole Role, MacAddress Mac, OutgoingFrames? Outgoing = null, bool IsHog = false);
