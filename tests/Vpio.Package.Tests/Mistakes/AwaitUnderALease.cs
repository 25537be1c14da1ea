using Vpio.GuestDriver;

public static class AwaitUnderALease
{
    public static async Task SendAsync(GuestDevice device, NicTransmitter transmitter, byte[] frame)
    {
        using DeviceLease lease = device.Grab(); // error CS4007
        transmitter.TrySend(in lease, frame);
        await Task.Yield();
    }
}
