using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal sealed class Port(GuestDevice device)
{
    [Acquires(nameof(device))]
    public DeviceLease Begin() // VPIO1021: it does not hold the device when the grab failed
    {
        device.TryGrab(out DeviceLease lease);
        return lease;
    }
}
