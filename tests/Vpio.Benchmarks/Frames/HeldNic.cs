using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks.Frames;

/// <summary>Is a guest that holds its NIC, and sends.</summary>
internal sealed class HeldNic : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private readonly ReferenceHypervisor _hypervisor = new();
    private readonly Participants _participants;
    private readonly Participant _guest;
    private readonly byte[] _frame;

    /// <summary>Makes hypervisor, NIC and guest.</summary>
    /// <param name="frameBytes">How long each frame is.</param>
    public HeldNic(int frameBytes)
    {
        _participants = new Participants(_hypervisor, new DiscardingWire(), count: 1);
        _guest = _participants[0];
        _frame = _guest.MakeFrame(frameBytes);
    }

    /// <summary>Sends frames as a driver does, until the device took the last.</summary>
    /// <param name="frames">How many at least.</param>
    public void Transmit(int frames)
    {
        _guest.Device.TryGrab(out DeviceLease lease);
        for (int sent = 0; sent < frames;)
            sent += _guest.SendBatch(in lease, _frame);
        _guest.Transmitter.WaitForDrain(in lease, Long);
        lease.Release();
    }

    /// <summary>Sends frames, and looks besides for each of them whether the device is still held, with the look that the driver has.</summary>
    /// <typeparam name="TLook">How it looks.</typeparam>
    /// <param name="frames">How many at least.</param>
    public void TransmitLooking<TLook>(int frames)
        where TLook : struct, IFrameLook
    {
        _guest.Device.TryGrab(out DeviceLease lease);
        for (int sent = 0; sent < frames;)
            sent += SendBatchLooking<TLook>(in lease);
        _guest.Transmitter.WaitForDrain(in lease, Long);
        lease.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _participants.Dispose();
        _hypervisor.Dispose();
    }

    private int SendBatchLooking<TLook>(in DeviceLease lease)
        where TLook : struct, IFrameLook
    {
        int sent = 0;
        while (sent < FrameRate.BatchFrames && TLook.IsHeld(in lease) && _guest.Transmitter.TrySend(in lease, _frame))
            sent++;
        if (sent > 0)
            _guest.Transmitter.Flush(in lease);
        else
            _guest.Transmitter.WaitForRoom(in lease, Long);
        return sent;
    }
}
