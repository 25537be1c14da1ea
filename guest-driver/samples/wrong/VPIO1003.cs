using Vpio.GuestDriver;

internal static class Ringing
{
    public static void Ring(GuestDevice device, NicTransmitter transmitter, ReadOnlySpan<byte> frame)
    {
        DeviceLease lease = device.Grab();
        using (lease)
            transmitter.TrySend(in lease, frame);
        lease.Kick(); // VPIO1003: it comes too late, the device may be another guest's
    }
}
