using Vpio.GuestDriver;

public static class TouchWithoutGrab
{
    public static void Send(GuestDevice device, NicTransmitter transmitter, byte[] frame)
    {
        using DeviceLease lease = device.Grab();
        Post(in lease, transmitter, frame);
    }

    public static void Post(in DeviceLease lease, NicTransmitter transmitter, byte[] frame)
    {
        transmitter.TrySend(in lease, frame); // error VPIO1017
        transmitter.WaitForDrain(in lease, Timeout.InfiniteTimeSpan);
    }
}
