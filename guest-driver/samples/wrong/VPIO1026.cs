using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal static class Ringing
{
    public static Ring Make() => Kick; // VPIO1026: whoever calls a Ring need not hold anything

    private static void Kick([RequiresHeld] in DeviceLease lease) => lease.Kick();
}

internal delegate void Ring(in DeviceLease lease);
