using System.Buffers.Binary;
using Vpio.Abi;
using Vpio.GuestDriver;

internal static class Sender
{
    public static void Run(IHypercallPort port, DeviceIndex index, int count)
    {
        using GuestDomain domain = GuestDomain.Attach(port);
        GuestDevice device = domain.GetDevice(index);
        using NicTransmitter transmitter = new(domain, device);
        byte[] frame = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xB5, 0, 0, 0, 0];

        int sent = 0;
        while (sent < count || transmitter.UnconfirmedFrames > 0)
        {
            using DeviceLease lease = device.Grab(); // In turn. Given back at the closing brace.
            while (sent < count && !lease.StopRequested && transmitter.WaitForRoom(in lease, TimeSpan.FromSeconds(1)))
            {
                BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(14), sent);
                if (transmitter.TrySend(in lease, frame))
                    sent++;
            }

            transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(1)); // What a stop request leaves goes out in the next ownership.
        }
    }
}
