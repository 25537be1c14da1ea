using Vpio.GuestDriver;

public static class UseAfterRelease
{
    public static void Send(GuestDevice device, NicTransmitter transmitter, byte[] frame)
    {
        using DeviceLease lease = device.Grab();
        transmitter.TrySend(in lease, frame);
        transmitter.WaitForDrain(in lease, Timeout.InfiniteTimeSpan);
        lease.Release();
        lease.Kick(); // error VPIO1003
    }
}
