using Vpio.GuestDriver;

public static class LoopWithoutPoll
{
    public static void Send(GuestDevice device, NicTransmitter transmitter, byte[][] frames)
    {
        using DeviceLease lease = device.Grab();
        foreach (byte[] frame in frames) // warning VPIO1023
            transmitter.TrySend(in lease, frame);
        transmitter.WaitForDrain(in lease, Timeout.InfiniteTimeSpan);
    }
}
