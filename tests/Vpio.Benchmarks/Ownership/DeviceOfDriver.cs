using Vpio.GuestDriver;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Grabs a device by its guest's driver, and releases the lease.</summary>
/// <param name="device">The device.</param>
internal readonly struct DeviceOfDriver(GuestDevice device) : IPair
{
    public void TakeAndGiveBack()
    {
        if (device.TryGrab(out DeviceLease lease) != GrabResult.Granted)
            throw new InvalidOperationException("Nobody else wants this device.");
        lease.Release();
    }
}
