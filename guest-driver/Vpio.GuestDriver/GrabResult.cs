namespace Vpio.GuestDriver;

/// <summary>Says how <see cref="GuestDevice.TryGrab"/> ended.</summary>
public enum GrabResult
{
    /// <summary>Another guest owns the device, others wait for it, or this guest waits for it itself.</summary>
    Busy = 0,

    /// <summary>The guest owns the device.</summary>
    Granted,

    /// <summary>The guest holds the device already, perhaps on another thread: only one lease at a time.</summary>
    AlreadyHeld,

    /// <summary>There is no such device, or it is not assigned to the guest.</summary>
    Removed,

    /// <summary>The guest is stopped or quarantined.</summary>
    Stopped,
}
