using Vpio.GuestDriver;

internal static class Resetting
{
    public static void Reset(in DeviceLease lease) =>
        lease.Write32(0, 1); // VPIO1001: whoever calls this need not hold anything: the parameter does not say [RequiresHeld]
}
