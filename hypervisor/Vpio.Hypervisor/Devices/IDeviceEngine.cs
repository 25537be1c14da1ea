namespace Vpio.Hypervisor.Devices;

/// <summary>Runs a device's work: on a thread of its own, or step by step where the order is to be somebody else's.</summary>
internal interface IDeviceEngine
{
    /// <summary>Gets whether the caller is who does the device's work.</summary>
    bool IsCurrent { get; }

    /// <summary>Wakes the device if it sleeps.</summary>
    void Wake();

    /// <summary>Ends the work and waits for its end.</summary>
    void Stop();
}
