using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks;

/// <summary>Is a guest with its driver, as fast as it can be.</summary>
/// <param name="Guest">The guest, as domain 0 sees it.</param>
/// <param name="Domain">The guest, as it sees itself.</param>
/// <param name="Device">The device.</param>
/// <param name="Transmitter">Its driver.</param>
/// <param name="Address">Its MAC address.</param>
internal sealed record Participant(Guest Guest, GuestDomain Domain, GuestDevice Device, NicTransmitter Transmitter, MacAddress Address)
{
    private const int BatchFrames = 32;

    /// <summary>Fills a batch into the ring, or waits for room.</summary>
    /// <param name="lease">The ownership.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>How many frames it filled in.</returns>
    public int SendBatch(in DeviceLease lease, byte[] frame)
    {
        int sent = 0;
        while (sent < BatchFrames && Transmitter.TrySend(in lease, frame))
            sent++;
        if (sent > 0)
            Transmitter.Flush(in lease);
        else
            Transmitter.WaitForRoom(in lease, TimeSpan.FromMilliseconds(10));
        return sent;
    }

    /// <summary>Makes a frame that this guest may send.</summary>
    /// <param name="lengthBytes">How long.</param>
    /// <returns>The frame.</returns>
    public byte[] MakeFrame(int lengthBytes)
    {
        byte[] frame = new byte[lengthBytes];
        for (int i = 0; i < 6; i++)
            (frame[i], frame[6 + i]) = (0x02, (byte)(Address.Value >> (8 * i)));
        return frame;
    }
}
