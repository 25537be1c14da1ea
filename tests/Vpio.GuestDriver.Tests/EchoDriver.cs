using Vpio.Abi;
using Vpio.GuestDriver;

internal static class EchoDriver
{
    /// <summary>Sends every frame back to where it came from, until told to end.</summary>
    public static void Run(IHypercallPort port, DeviceIndex index, CancellationToken end)
    {
        using GuestDomain guest = GuestDomain.Attach(port);
        GuestDevice nic = guest.GetDevice(index);
        using NicTransmitter transmitter = new(guest, nic);
        using NicReceiver receiver = new(guest, nic);
        byte[] frame = new byte[2048];

        while (!end.IsCancellationRequested)
        {
            using DeviceLease lease = nic.Grab(end); // In turn. Given back at the closing brace.
            receiver.Start(in lease);
            while (!lease.StopRequested && !end.IsCancellationRequested)
            {
                receiver.WaitForFrames(in lease, TimeSpan.FromMilliseconds(100)); // Sleeps, and wakes for a stop request too.
                while (transmitter.WaitForRoom(in lease, Timeout.InfiniteTimeSpan) && receiver.TryReceive(in lease, frame, out int length))
                {
                    for (int i = 0; i < 6; i++)
                        (frame[i], frame[i + 6]) = (frame[i + 6], frame[i]);
                    transmitter.TrySend(in lease, frame.AsSpan(0, length));
                }

                transmitter.WaitForDrain(in lease, Timeout.InfiniteTimeSpan); // What a stop request leaves is sent in the next ownership.
            }
        }
    }
}
