namespace Vpio.Jobs;

/// <summary>Names what a guest's program is doing.</summary>
public enum GuestActivity : uint
{
    /// <summary>Coming up.</summary>
    Starting,

    /// <summary>Ready for the run to begin.</summary>
    Ready,

    /// <summary>Has asked for the device and waits for it.</summary>
    Waiting,

    /// <summary>Holds the device.</summary>
    Holding,

    /// <summary>Has nothing to do with the device at present.</summary>
    Sleeping,

    /// <summary>Has nothing left to do, and leaves when the run is over.</summary>
    Done,

    /// <summary>Was stopped by force.</summary>
    Stopped,

    /// <summary>Ended by an error of its own program.</summary>
    Failed,

    /// <summary>Lost the device by force too often, and gets it no more. Domain 0 says so, no guest does.</summary>
    Quarantined,

    /// <summary>Its process ended though it had not done. Domain 0 says so, no guest does.</summary>
    Dead,
}
