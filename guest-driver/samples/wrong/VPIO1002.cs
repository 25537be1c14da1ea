using Vpio.GuestDriver;

internal static class Resetting
{
    public static bool Reset(GuestDevice device)
    {
        GrabResult result = device.TryGrab(out DeviceLease lease);
        using (lease) // The end of an empty lease does nothing.
        {
            lease.Write32(0, 1); // VPIO1002: only if result is Granted
            return result == GrabResult.Granted;
        }
    }
}
