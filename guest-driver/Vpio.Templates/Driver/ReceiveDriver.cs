using Vpio.GuestDriver;

/// <summary>Receives frames by a NIC that other guests use too.</summary>
internal sealed class ReceiveDriver(GuestDomain domain, GuestDevice device) : IDisposable
{
    private readonly NicReceiver _receiver = new(domain, device);
    private readonly byte[] _frame = new byte[2048];

    /// <summary>Receives frames until there were enough, or none came for a second.</summary>
    /// <returns>How many.</returns>
    public int Receive(int count)
    {
        int received = 0;
        while (received < count)
        {
            using DeviceLease lease = device.Grab(); // In turn, if others use the NIC. Given back at the closing brace.
            _receiver.Start(in lease);
            while (!lease.StopRequested && received < count)
            {
                if (!_receiver.WaitForFrames(in lease, TimeSpan.FromSeconds(1)) && !lease.StopRequested)
                    return received;
                while (!lease.StopRequested && _receiver.TryReceive(in lease, _frame, out int length))
                    received++; // The frame is _frame[..length].
            }
        }

        return received;
    }

    public void Dispose() => _receiver.Dispose();
}
