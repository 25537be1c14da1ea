using Vpio.GuestDriver;

internal static class Sending
{
    public static void Send(GuestDevice device, NicTransmitter transmitter, ReadOnlySpan<byte> frame)
    {
        using DeviceLease lease = device.Grab();
        transmitter.TrySend(in lease, frame);
        using DeviceLease again = device.Grab(); // VPIO1004: one lease at a time, so this throws
        transmitter.Flush(in again);
    }
}
