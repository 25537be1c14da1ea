using Vpio.GuestDriver;

internal static class Probing
{
    public static bool Probe(GuestDevice device)
    {
        DeviceLease lease = device.Grab(); // VPIO1008: a lease is no permission to keep it: say using
        return lease.IsHeld;
    }
}
