using Vpio.GuestDriver;

public static class IgnoredAnswer
{
    public static void Send(GuestDevice device, NicTransmitter transmitter, byte[] frame)
    {
        device.TryGrab(out DeviceLease lease); // error VPIO1011
        using (lease)
        {
            transmitter.TrySend(in lease, frame);
            transmitter.WaitForDrain(in lease, Timeout.InfiniteTimeSpan);
        }
    }
}
