using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks.Frames;

/// <summary>Is a guest that holds its NIC, and receives: for each frame that it sends the wire brings many.</summary>
internal sealed class FedNic : IDisposable
{
    private const int BurstFrames = 256;
    private const int AddressBytes = 6;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private readonly ReferenceHypervisor _hypervisor = new();
    private readonly Participants _participants;
    private readonly Participant _guest;
    private readonly NicReceiver _receiver;
    private readonly byte[] _request;
    private readonly byte[] _taken = new byte[CopyLimit.BufferBytes];

    /// <summary>Makes hypervisor, wire, NIC and guest.</summary>
    /// <param name="frameBytes">How long each frame is.</param>
    public FedNic(int frameBytes)
    {
        FeedingWire wire = new(BurstFrames);
        _participants = new Participants(_hypervisor, wire, count: 1);
        _guest = _participants[0];
        _receiver = new NicReceiver(_guest.Domain, _guest.Device);
        _request = _guest.MakeFrame(64);
        wire.Frame = _guest.MakeFrame(frameBytes);

        // From somebody else, to the guest.
        (byte[] frame, byte[] guest) = (wire.Frame, _request[AddressBytes..(2 * AddressBytes)]);
        frame.AsSpan(0, AddressBytes).CopyTo(frame.AsSpan(AddressBytes));
        frame[(2 * AddressBytes) - 1] ^= 0xff;
        guest.CopyTo(frame, 0);
    }

    /// <summary>Receives frames, while two bursts are on their way.</summary>
    /// <param name="frames">How many, a multiple of 256.</param>
    public void Receive(int frames)
    {
        _guest.Device.TryGrab(out DeviceLease lease);
        _receiver.Start(in lease);
        AskForBurst(in lease);
        for (int left = frames; left > 0; left -= BurstFrames)
        {
            if (left > BurstFrames)
                AskForBurst(in lease);
            TakeBurst(in lease);
        }

        lease.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _receiver.Dispose();
        _participants.Dispose();
        _hypervisor.Dispose();
    }

    private void AskForBurst(in DeviceLease lease)
    {
        _guest.Transmitter.TrySend(in lease, _request);
        _guest.Transmitter.Flush(in lease);
    }

    private void TakeBurst(in DeviceLease lease)
    {
        for (int taken = 0; taken < BurstFrames;)
        {
            if (_receiver.TryReceive(in lease, _taken, out _))
                taken++;
            else if (!_receiver.WaitForFrames(in lease, Long))
                throw new InvalidOperationException("A frame did not come.");
        }
    }
}
