using Vpio.GuestDriver;

internal static class Probing
{
    public static uint Probe(GuestDevice device)
    {
        using DeviceLease lease = device.Grab();
        uint value = lease.Read32(0);
        lease.Release();
        lease.Release(); // VPIO1006: the line before gave it back
        return value;
    }
}
