namespace Vpio.Hypervisor.Guests;

/// <summary>Says whether a guest runs.</summary>
public enum GuestState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It outlived its grace too often: it may own no device, and each grab of it is refused, until it is resumed.</summary>
    Quarantined,

    /// <summary>It was stopped, by force or by domain 0: every call of it is refused until it is resumed.</summary>
    Stopped,

    /// <summary>It is gone for good.</summary>
    Removed,
}
