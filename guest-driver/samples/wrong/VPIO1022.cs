using Vpio.GuestDriver;

internal static class Forwarding
{
    public static void Forward(GuestDevice inner, GuestDevice outer)
    {
        DeviceLease to = default;
        using DeviceLease from = inner.Grab();
        to.Kick(); // VPIO1022: the inner device is held, not the outer one
    }
}
