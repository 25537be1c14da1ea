namespace Vpio.Tool.Guests;

/// <summary>Names what a guest's program is doing.</summary>
internal enum GuestActivity
{
    /// <summary>Not begun.</summary>
    Starting,

    /// <summary>Has asked for the device and waits for it.</summary>
    Waiting,

    /// <summary>Holds the device.</summary>
    Holding,

    /// <summary>Has nothing to do with the device at present.</summary>
    Sleeping,

    /// <summary>Ended of its own accord.</summary>
    Done,

    /// <summary>Was stopped by force.</summary>
    Stopped,

    /// <summary>Lost the device by force too often, and gets it no more.</summary>
    Quarantined,

    /// <summary>Ended by an error of its own program.</summary>
    Failed,
}
