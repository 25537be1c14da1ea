namespace Vpio.Simulation.Hosting;

/// <summary>Says what a guest believes of its use of a device. It may be wrong until it looks.</summary>
internal enum UseState
{
    /// <summary>The guest does not run, or the device is not there.</summary>
    Away,

    /// <summary>It has nothing to do there, or is about to ask.</summary>
    Idle,

    /// <summary>It waits for its grant.</summary>
    Waiting,

    /// <summary>It owns the device and works.</summary>
    Owning,
}
