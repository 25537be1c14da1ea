using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal sealed class Port(GuestDevice device)
{
    public void Restart()
    {
        using DeviceLease lease = device.Grab();
        Configure(); // VPIO1019: it grabs the device itself, and would throw
    }

    [Excludes(nameof(device))]
    private void Configure()
    {
        using DeviceLease lease = device.Grab();
        lease.Write32(0, 1);
    }
}
