namespace Vpio.Hypervisor.Ownership;

/// <summary>Says what a guest may not do any more.</summary>
[Flags]
internal enum GuestMark : ulong
{
    /// <summary>It may do what guests may.</summary>
    None = 0,

    /// <summary>It may own no device: it is quarantined.</summary>
    Barred = 1,

    /// <summary>It may neither own a device nor call: it is stopped, crashed or removed.</summary>
    Stopped = 3,
}
