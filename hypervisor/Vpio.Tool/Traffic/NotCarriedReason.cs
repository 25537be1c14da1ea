namespace Vpio.Tool.Traffic;

/// <summary>Names why a frame of the input did not reach the wire.</summary>
internal enum NotCarriedReason
{
    /// <summary>Longer than 1,514 bytes, as offloading network cards leave them in captures.</summary>
    TooLong,

    /// <summary>Shorter than an Ethernet header.</summary>
    TooShort,

    /// <summary>Of a link type other than Ethernet.</summary>
    NotEthernet,

    /// <summary>The duration asked for was over.</summary>
    TimeWasUp,

    /// <summary>The run was interrupted.</summary>
    Interrupted,

    /// <summary>The guest that had it to send was stopped by force.</summary>
    GuestStopped,

    /// <summary>The NIC was taken from its guest by force while it had the frame.</summary>
    DeviceTaken,
}
