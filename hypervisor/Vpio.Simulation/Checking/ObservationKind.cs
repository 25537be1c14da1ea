namespace Vpio.Simulation.Checking;

/// <summary>Says what was observed. In the comments: which of an observation's fields mean something beside device and guest.</summary>
internal enum ObservationKind
{
    /// <summary>A device was plugged in. Value: its slice, Second: its grace, nanoseconds.</summary>
    Plugged,

    /// <summary>A device's slice or grace was set. Value: the slice, Second: the grace, nanoseconds.</summary>
    Timed,

    /// <summary>A device is about to be unplugged: from now on nobody waits for it and nobody gets it.</summary>
    Unplugging,

    /// <summary>A device was unplugged.</summary>
    Unplugged,

    /// <summary>A device was assigned to a guest, or the guest's weight there changed. Value: the weight.</summary>
    Weighed,

    /// <summary>Something arrived for a guest: it is to be granted next.</summary>
    Preferred,

    /// <summary>A guest asks for a device, ready to wait.</summary>
    Asked,

    /// <summary>A guest got the answer to its asking. Value: the status.</summary>
    Answered,

    /// <summary>A guest asked to wait no more. Value: the status that it got.</summary>
    Cancelled,

    /// <summary>A guest is about to release. Value: the generation it names.</summary>
    Releasing,

    /// <summary>A guest got the answer to its release. Value: the status.</summary>
    Released,

    /// <summary>The device was told that a guest owns it now. Word: the state word at that moment.</summary>
    Began,

    /// <summary>The device was told that a guest's ownership is over.</summary>
    Ended,

    /// <summary>The device saved a guest's context.</summary>
    Saved,

    /// <summary>The device loaded a guest's context.</summary>
    Loaded,

    /// <summary>The device threw a guest's context away.</summary>
    Reset,

    /// <summary>A guest is about to be stopped or removed: it may get nothing any more.</summary>
    Stopping,

    /// <summary>A guest was found stopped, quarantined or removed.</summary>
    Stopped,

    /// <summary>A guest runs again, or is new.</summary>
    Running,

    /// <summary>A guest was told of a device by its page. Value: the event bits that wait there.</summary>
    Told,

    /// <summary>A device after a step in which something happened to it. Word: its state word, Value: the waiters that its slot shows, Second: the waiters in its wait set.</summary>
    Settled,
}
