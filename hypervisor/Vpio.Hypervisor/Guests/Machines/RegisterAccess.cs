namespace Vpio.Hypervisor.Guests;

/// <summary>Says how a virtual machine reaches the registers of a device that it owns.</summary>
public enum RegisterAccess
{
    /// <summary>By the MMU, at the speed of the processor and without an exit.</summary>
    Direct,

    /// <summary>By an exit for each access, which the hypervisor then makes for it: how a device is emulated, to measure against.</summary>
    Emulated,
}
