using Vpio.GuestDriver;

/// <summary>Sends frames by a NIC that other guests use too.</summary>
internal sealed class TransmitDriver(GuestDomain domain, GuestDevice device) : IDisposable
{
    private readonly NicTransmitter _transmitter = new(domain, device);

    /// <summary>Sends a frame many times.</summary>
    /// <returns>How many ownerships of the NIC it took.</returns>
    public int Send(ReadOnlySpan<byte> frame, int count)
    {
        int ownerships = 0;
        while (count > 0)
        {
            using DeviceLease lease = device.Grab(); // In turn, if others use the NIC. Given back at the closing brace.
            ownerships++;
            while (count > 0 && !lease.StopRequested && _transmitter.WaitForRoom(in lease, Timeout.InfiniteTimeSpan) && _transmitter.TrySend(in lease, frame))
                count--;
            _transmitter.WaitForDrain(in lease, Timeout.InfiniteTimeSpan); // Until the NIC has taken all, or somebody else wants it.
        }

        return ownerships;
    }

    public void Dispose() => _transmitter.Dispose();
}
