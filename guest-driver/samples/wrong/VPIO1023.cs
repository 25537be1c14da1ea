using Vpio.GuestDriver;

internal static class Sending
{
    public static void Send(GuestDevice device, NicTransmitter transmitter, IEnumerable<byte[]> frames)
    {
        using DeviceLease lease = device.Grab();
        foreach (byte[] frame in frames) // VPIO1023: nobody looks at lease.StopRequested, and a slice is 10 ms
            transmitter.TrySend(in lease, frame);
        transmitter.Flush(in lease);
    }
}
