using Vpio.GuestDriver;

internal static class Ringing
{
    public static void Ring(GuestDevice device)
    {
        using DeviceLease lease = device.Grab();
        if (lease.StopRequested)
            lease.Kick(); // VPIO1024: the grace runs, and the release is all that is left to do
    }
}
