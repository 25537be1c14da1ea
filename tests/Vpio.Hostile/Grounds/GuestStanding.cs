namespace Vpio.Hostile.Grounds;

/// <summary>Says how a guest stands with its hypervisor.</summary>
public enum GuestStanding
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is denied grabs.</summary>
    Quarantined,

    /// <summary>It is denied everything.</summary>
    Stopped,

    /// <summary>It is gone.</summary>
    Removed,
}
