using Vpio.GuestDriver;

internal static class Probing
{
    public static bool Probe(GuestDevice device)
    {
        DeviceLease lease = device.Grab(); // VPIO1009: the early return keeps it
        if (lease.StopRequested)
            return false;
        lease.Release();
        return true;
    }
}
