namespace Vpio.Hypervisor.Guests;

/// <summary>Says what comes of a virtual machine's access to an address where nothing is for it: a register of a device that it does not own, memory that it may not write or that is not there.</summary>
public enum StrayAccess
{
    /// <summary>It goes on, as on a bus where no device answers: reads are all ones, and writes go nowhere.</summary>
    NoDevice,

    /// <summary>It is stopped by force.</summary>
    Stop,
}
