using Vpio.GuestDriver;

internal static class Probing
{
    public static uint Probe(GuestDevice device, bool early)
    {
        using DeviceLease first = early ? device.Grab() : default;
        using DeviceLease second = device.Grab(); // VPIO1005: if early, it is held already
        return second.Read32(0);
    }
}
