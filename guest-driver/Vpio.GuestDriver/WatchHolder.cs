namespace Vpio.GuestDriver;

/// <summary>Says who has the watch for the upcalls of a guest.</summary>
internal enum WatchHolder
{
    /// <summary>Nobody: no thread sleeps for upcalls.</summary>
    Nobody,

    /// <summary>A thread that blocks for one.</summary>
    Blocked,

    /// <summary>A thread of the watch's own.</summary>
    OwnThread,

    /// <summary>An interrupt, for a moment.</summary>
    Interrupt,
}
