namespace Vpio.Hypervisor.Devices;

/// <summary>Is what a device's thread does.</summary>
internal interface IDeviceWork
{
    /// <summary>Does a short batch of work.</summary>
    /// <returns>Whether there was any.</returns>
    bool DoBatch();

    /// <summary>Tells the owner that the device sleeps, and then looks once more.</summary>
    /// <returns>Whether there is work after all, so that it must not sleep.</returns>
    bool AnnounceSleep();
}
