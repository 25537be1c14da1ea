using System.Buffers.Binary;
using Vpio.Abi;
using Vpio.GuestDriver;

internal static class Listener
{
    public static string Run(IHypercallPort port, DeviceIndex index, int count)
    {
        using GuestDomain domain = GuestDomain.Attach(port);
        GuestDevice device = domain.GetDevice(index);
        using NicReceiver receiver = new(domain, device);
        byte[] frame = new byte[2048];

        int received = 0;
        int ownerships = 0;
        bool inOrder = true;
        while (received < count)
        {
            using DeviceLease lease = device.Grab();
            ownerships++;
            receiver.Start(in lease);
            while (received < count && !lease.StopRequested && receiver.WaitForFrames(in lease, TimeSpan.FromMilliseconds(5)) && receiver.TryReceive(in lease, frame, out int length))
            {
                inOrder &= BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(0, length)[14..]) == received;
                received++;
            }
        }

        return $"{received} frames received {(inOrder ? "in order" : "OUT OF ORDER")}, in {ownerships} ownerships.";
    }
}
