using Vpio.GuestDriver;

internal static class Probing
{
    public static uint Probe(GuestDevice device)
    {
        DeviceLease lease = device.Grab(); // VPIO1010: Read32 may throw, and nothing gives the device back then: say using
        uint value = lease.Read32(0);
        lease.Release();
        return value;
    }
}
