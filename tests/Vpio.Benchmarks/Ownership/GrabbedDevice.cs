using Vpio.GuestDriver;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Is a device that a thread of a guest blocks for.</summary>
/// <param name="device">The device.</param>
internal struct GrabbedDevice(GuestDevice device) : IExclusion
{
    private Grant _grant;

    public void Take()
    {
        DeviceLease lease = device.Grab();
        _grant = new Grant(device.Index, lease.Generation);
    }

    public readonly void GiveBack() => device.Hold(_grant).Release();
}
