using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Fuzz.Rings;

/// <summary>Judges how many descriptors a NIC takes from a guest's transmit ring: none of a ring that cannot be, none beyond the tail, none behind a tail that cannot be.</summary>
/// <remarks>It knows rings as <c>docs/nic.md</c> has them, and counts on the device's side only what the NIC counted where no guest can write.</remarks>
/// <param name="guest">The guest.</param>
/// <param name="nic">The NIC.</param>
internal sealed class TransmitLaw(RingGuest guest, FuzzNic nic)
{
    private const uint BatchFrames = 32;

    private bool _isOn;
    private bool _isGood;
    private uint _entries;
    private uint _head;
    private uint _most;
    private NicCounters _before;
    private ulong _wireBefore;

    /// <summary>Notes that the ring is lost with a forced end, or by a resumption.</summary>
    public void Reset()
    {
        _isOn = false;
        _head = 0;
    }

    /// <summary>Looks at what the guest, which owns the NIC, has in its registers before a step.</summary>
    public void Begin()
    {
        RegisterWindow window = guest.Window;
        bool enabled = ((NicControl)window.Read32(NicRegister.Control) & NicControl.TxEnable) != 0;
        if (!enabled)
            Reset();
        else if (!_isOn)
            Latch(window.Read64(NicRegister.TxRingIova), window.Read32(NicRegister.TxRingEntries));
        uint posted = unchecked(window.Read32(NicRegister.TxTail) - _head);
        if (posted > _entries)
            _isGood = false;
        _most = enabled && _isGood ? Math.Min(posted, BatchFrames) : 0;
        _before = nic.Nic.GetCounters(guest.Guest.Guest.Id);
        _wireBefore = nic.Wire.Frames;
    }

    /// <summary>Judges the step.</summary>
    public void End()
    {
        NicCounters now = nic.Nic.GetCounters(guest.Guest.Guest.Id);
        ulong taken = now.TxFrames + now.TxErrors - _before.TxFrames - _before.TxErrors;
        BrokenPromiseException.Unless(taken <= _most, "A NIC takes the descriptors that were posted to a good ring, and a batch of them at most", (long)taken);
        BrokenPromiseException.Unless(nic.Wire.Frames - _wireBefore == now.TxFrames - _before.TxFrames, "What a NIC counts as sent is on the wire", (long)taken);
        _head = unchecked(_head + (uint)taken);
    }

    private void Latch(ulong iova, uint entries)
    {
        _isOn = true;
        _head = 0;
        _entries = entries;
        _isGood = entries is >= 2 and <= NicRegister.MaxRingEntriesValue && uint.IsPow2(entries) && iova % NicDescriptor.Size == 0
            && iova <= ulong.MaxValue - (entries * NicDescriptor.Size);
    }
}
