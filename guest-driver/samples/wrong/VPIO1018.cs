using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal static class Ringing
{
    public static bool Ring(GuestDevice device)
    {
        GrabResult result = device.TryGrab(out DeviceLease lease);
        using (lease)
        {
            Kick(in lease); // VPIO1018: only if result is Granted
            return result == GrabResult.Granted;
        }
    }

    private static void Kick([RequiresHeld] in DeviceLease lease) => lease.Kick();
}
