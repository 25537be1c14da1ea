namespace Vpio.Jobs;

/// <summary>Names how far a run is, as a guest is told. It only ever goes on.</summary>
public enum JobPhase : uint
{
    /// <summary>Guests come up; nobody uses the device of the job.</summary>
    Starting,

    /// <summary>Frames are sent.</summary>
    Sending,

    /// <summary>No frame is begun; what is on its way arrives.</summary>
    Settling,

    /// <summary>All is over: everybody releases the device and leaves.</summary>
    Over,
}
