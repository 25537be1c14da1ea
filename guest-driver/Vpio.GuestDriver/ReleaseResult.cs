namespace Vpio.GuestDriver;

/// <summary>Says how <see cref="DeviceLease.Release"/> ended.</summary>
public enum ReleaseResult
{
    /// <summary>Nothing was left to give back: the lease was released before, or the hypervisor took the device.</summary>
    AlreadyTaken = 0,

    /// <summary>The device was given back.</summary>
    Released,
}
