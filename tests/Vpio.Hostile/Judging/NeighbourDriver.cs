using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.GuestDriver;

namespace Vpio.Hostile.Judging;

/// <summary>Is the driver of a well-behaved guest: sends its lane, receives the other's, gives the device back, and looks whether all is as it left it.</summary>
internal sealed class NeighbourDriver : IDisposable
{
    private const int RingEntries = 64;
    private const int CanaryBytes = 64 * 1024;
    private const int LooksATurn = 4;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly GuestDomain _domain;
    private readonly NicTransmitter _transmitter;
    private readonly NicReceiver _receiver;
    private readonly DmaMemory _canary;
    private readonly byte[] _planted;
    private readonly Roster _roster;
    private readonly byte[] _frame = new byte[2048];
    private (ulong, ulong, uint, uint)? _setUp;

    /// <summary>Makes the driver of a guest.</summary>
    /// <param name="port">The guest's port.</param>
    /// <param name="index">Its device.</param>
    /// <param name="roster">Who is on the ground.</param>
    /// <param name="seed">What the canary is made from.</param>
    public NeighbourDriver(IHypercallPort port, DeviceIndex index, Roster roster, int seed)
    {
        _roster = roster;
        _domain = GuestDomain.Attach(port);
        Device = _domain.GetDevice(index);
        _transmitter = new NicTransmitter(_domain, Device, RingEntries);
        _receiver = new NicReceiver(_domain, Device, RingEntries);
        Address = Device.Query().MacAddress;

        // Where a device that serves another might write: mapped for devices, beside the rings, and never given to one.
        _canary = _domain.AllocateDma(CanaryBytes, DmaAccess.ReadWrite);
        _planted = new byte[CanaryBytes];
        new Random(seed).NextBytes(_planted);
        _planted.CopyTo(_canary.AsSpan(0, CanaryBytes));
    }

    /// <summary>Gets the device.</summary>
    public GuestDevice Device { get; }

    /// <summary>Gets the guest's MAC address.</summary>
    public MacAddress Address { get; }

    /// <summary>Uses the device for one turn.</summary>
    /// <param name="lease">The ownership.</param>
    /// <param name="outgoing">What it sends.</param>
    /// <param name="incoming">What it receives.</param>
    /// <param name="sends">Whether it sends anything new.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? TakeTurn(in DeviceLease lease, Lane outgoing, Lane incoming, bool sends)
    {
        string? complaint = null;
        _receiver.Start(in lease);
        for (int look = 0; look < LooksATurn && !lease.StopRequested && complaint is null; look++)
        {
            if (sends)
                Send(in lease, outgoing);
            complaint = Receive(in lease, incoming);
            if (incoming.IsEmpty || !_receiver.WaitForFrames(in lease, Look))
                break;
        }

        _transmitter.WaitForDrain(in lease, Look);
        return complaint ?? CompareRegisters(in lease, outgoing);
    }

    /// <summary>Looks whether the memory that nobody was given is as it was.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? CompareMemory() =>
        _canary.AsSpan(0, CanaryBytes).SequenceEqual(_planted) ? null : "its memory was written to";

    /// <inheritdoc/>
    public void Dispose() => _domain.Dispose();

    private void Send(in DeviceLease lease, Lane lane)
    {
        while (lane.Sent - lane.Received < Lane.Window && _transmitter.TrySend(in lease, lane.Next(_frame)))
            lane.CountSent();
        _transmitter.Flush(in lease);
    }

    private string? Receive(in DeviceLease lease, Lane lane)
    {
        while (_receiver.TryReceive(in lease, _frame, out int length))
        {
            if (Judge(_frame.AsSpan(0, length), lane) is { } complaint)
                return complaint;
        }

        return null;
    }

    private string? Judge(ReadOnlySpan<byte> frame, Lane lane)
    {
        MacAddress source = Lane.SourceOf(frame);
        if (source == lane.From)
            return lane.Take(frame);
        MacAddress to = Lane.DestinationOf(frame);
        return _roster.IsHostile(source) && (to == Address || to.IsGroup) ? null : "a foreign frame reached it";
    }

    private string? CompareRegisters(in DeviceLease lease, Lane outgoing)
    {
        if (!lease.IsHeld)
            return "its ownership ended before it released";
        (ulong, ulong, uint, uint) setUp = (
            lease.Read64(NicRegister.TxRingIova), lease.Read64(NicRegister.RxRingIova), lease.Read32(NicRegister.TxRingEntries), lease.Read32(NicRegister.RxRingEntries));
        if (setUp.Item1 != 0 && setUp.Item2 != 0)
            _setUp ??= setUp;
        if (_setUp is { } before && before != setUp)
            return "its registers were changed";
        if (lease.Read64(NicRegister.TxErrors) != 0 || lease.Read64(NicRegister.TxFrames) > (ulong)outgoing.Sent)
            return "frames went out in its name that it did not send, or were refused";
        return _transmitter.DiscardedFrames == 0 && _receiver.ErrorFrames == 0 ? null : "its rings were lost or its buffers refused";
    }
}
