namespace Vpio.Hypervisor.Scheduling;

/// <summary>Says what becomes of an owner that did not release within its grace.</summary>
public enum OverrunPolicy
{
    /// <summary>The guest is stopped: it loses everything, and each later call of it is refused until domain 0 resumes it.</summary>
    Stop,

    /// <summary>Only the device is taken from it. A guest from which devices are taken too often is quarantined.</summary>
    Detach,
}
