using Vpio.GuestDriver;

internal static class Resetting
{
    public static void Reset(GuestDevice device)
    {
        device.TryGrab(out DeviceLease lease); // VPIO1011: Busy, Stopped and Removed are answers too
        lease.Kick();
        lease.Release();
    }
}
