using Vpio.GuestDriver;

internal static class Pacing
{
    public static void Pace(GuestDevice device, NicTransmitter transmitter, ReadOnlySpan<byte> frame)
    {
        using DeviceLease lease = device.Grab();
        transmitter.TrySend(in lease, frame);
        Thread.Sleep(1); // VPIO1014: every other guest sleeps too
        transmitter.Flush(in lease);
    }
}
