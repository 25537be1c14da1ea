using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal sealed class Port(GuestDevice device)
{
    public void Restart()
    {
        bool granted = device.TryGrab(out DeviceLease lease) == GrabResult.Granted;
        Configure(); // VPIO1020: if granted, the device is held
        if (granted)
            lease.Release();
    }

    [Excludes(nameof(device))]
    private void Configure()
    {
        using DeviceLease lease = device.Grab();
        lease.Write32(0, 1);
    }
}
