using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal static class Ringing
{
    public static void Ring()
    {
        DeviceLease nothing = default;
        Kick(in nothing); // VPIO1017: an empty lease is none
    }

    private static void Kick([RequiresHeld] in DeviceLease lease) => lease.Kick();
}
