using Vpio.GuestDriver;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Is a device by its guest's driver: a grab and the release of its lease.</summary>
/// <param name="device">The device.</param>
internal struct DeviceOfDriver(GuestDevice device) : IExclusion
{
    private Grant _grant;

    public void Take()
    {
        if (device.TryGrab(out DeviceLease lease) != GrabResult.Granted)
            throw new InvalidOperationException("Nobody else wants this device.");
        _grant = new Grant(device.Index, lease.Generation);
    }

    public readonly void GiveBack() => device.Hold(_grant).Release();
}
