using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver.Tests;

/// <summary>Is a network device that always sleeps and works only when kicked or told to.</summary>
internal sealed unsafe class FakeNic
{
    private readonly FakePort _port;
    private readonly uint _start;
    private readonly RegisterWindow _registers;
    private ulong _txRing;
    private ulong _rxRing;
    private uint _txEntries;
    private uint _rxEntries;
    private uint _txHead;
    private uint _rxHead;

    internal FakeNic(FakePort port, uint start = 0)
    {
        _port = port;
        _start = start;
        _registers = port.GetWindow(FakePort.Device0);
        _registers.Write32(NicRegister.Asleep, 1);
        port.Kicked = () =>
        {
            if (!IsDeaf)
                Step();
        };
    }

    internal List<byte[]> Sent { get; } = [];

    internal bool IsRecording { get; init; } = true;

    internal bool IsDeaf { get; set; }

    internal bool IsPaused { get; set; }

    internal uint MostAtOnce { get; set; } = uint.MaxValue;

    internal RegisterWindow Registers => _registers;

    internal uint RxRoom => unchecked(_registers.Read32(NicRegister.RxTail) - _rxHead);

    internal bool IsArmed(NicInterrupt interrupt) => (_registers.Read32(NicRegister.InterruptArm) & (uint)interrupt) != 0;

    /// <summary>Loses all it knows, as after a forced stop.</summary>
    internal void Reset()
    {
        foreach (uint register in (uint[])[NicRegister.Control, NicRegister.Status, NicRegister.TxHead, NicRegister.RxHead, NicRegister.TxTail, NicRegister.RxTail, NicRegister.InterruptArm])
            _registers.Write32(register, 0);
    }

    internal void Step()
    {
        Latch();
        if (IsPaused || !Is(NicStatus.TxRunning))
            return;

        uint tail = _registers.Read32(NicRegister.TxTail);
        if (_txHead == tail)
            return;
        for (uint left = MostAtOnce; _txHead != tail && left > 0; _txHead++, left--)
            SendOne();
        _registers.Write32(NicRegister.TxHead, _txHead);
        Interrupt(NicInterrupt.Tx);
    }

    /// <summary>Delivers a frame into the receive ring.</summary>
    internal void Deliver(ReadOnlySpan<byte> frame)
    {
        ref NicDescriptor descriptor = ref Descriptor(_rxRing, _rxEntries, _rxHead, DmaAccess.ReadWrite);
        if (RxRoom == 0 || RxRoom > _rxEntries || descriptor.Flags != 0)
            throw new AssertionException($"no open receive descriptor is posted: room {RxRoom}, flags {descriptor.Flags}");
        frame.CopyTo(new Span<byte>(_port.Translate(descriptor.Iova, descriptor.LengthBytes, DmaAccess.Write), (int)descriptor.LengthBytes));
        CompleteReceive((uint)frame.Length, NicDescriptor.Done);
    }

    /// <summary>Completes a receive descriptor with what a sane or an insane device may write.</summary>
    internal void CompleteReceive(uint length, uint flags)
    {
        ref NicDescriptor descriptor = ref Descriptor(_rxRing, _rxEntries, _rxHead, DmaAccess.ReadWrite);
        descriptor.LengthBytes = length;
        Volatile.Write(ref descriptor.Flags, flags);
        _registers.Write32(NicRegister.RxHead, ++_rxHead);
        Interrupt(NicInterrupt.Rx);
    }

    /// <summary>Takes all armed bits, as for the other half, and raises the one interrupt.</summary>
    internal void TakeArmedAndInterrupt()
    {
        _registers.Exchange32(NicRegister.InterruptArm, 0);
        _port.Raise(DeviceEvents.Interrupt);
    }

    private bool Is(NicStatus status) => (_registers.Read32(NicRegister.Status) & (uint)status) != 0;

    private void Latch()
    {
        uint control = _registers.Read32(NicRegister.Control);
        NicStatus status = (NicStatus)_registers.Read32(NicRegister.Status) & (NicStatus.TxRunning | NicStatus.RxRunning);
        if ((control & (uint)NicControl.TxEnable) == 0)
        {
            status &= ~NicStatus.TxRunning;
        }
        else if ((status & NicStatus.TxRunning) == 0)
        {
            status |= NicStatus.TxRunning;
            (_txRing, _txEntries, _txHead) = (_registers.Read64(NicRegister.TxRingIova), _registers.Read32(NicRegister.TxRingEntries), _start);
            _registers.Write32(NicRegister.TxHead, _txHead);
        }

        if ((control & (uint)NicControl.RxEnable) == 0)
        {
            status &= ~NicStatus.RxRunning;
        }
        else if ((status & NicStatus.RxRunning) == 0)
        {
            status |= NicStatus.RxRunning;
            (_rxRing, _rxEntries, _rxHead) = (_registers.Read64(NicRegister.RxRingIova), _registers.Read32(NicRegister.RxRingEntries), _start);
            _registers.Write32(NicRegister.RxHead, _rxHead);
        }

        _registers.Write32(NicRegister.Status, (uint)(status | NicStatus.LinkUp));
    }

    private void SendOne()
    {
        NicDescriptor descriptor = Descriptor(_txRing, _txEntries, _txHead, DmaAccess.Read);
        Span<byte> frame = new(_port.Translate(descriptor.Iova, descriptor.LengthBytes, DmaAccess.Read), (int)descriptor.LengthBytes);
        _registers.Write64(NicRegister.TxFrames, _registers.Read64(NicRegister.TxFrames) + 1);
        if (IsRecording)
            Sent.Add(frame.ToArray());
    }

    private ref NicDescriptor Descriptor(ulong ring, uint entries, uint counter, DmaAccess access) =>
        ref Unsafe.AsRef<NicDescriptor>(_port.Translate(ring + (counter & (entries - 1)) * NicDescriptor.Size, NicDescriptor.Size, access));

    private void Interrupt(NicInterrupt interrupt)
    {
        if (!IsArmed(interrupt))
            return;
        _registers.Write32(NicRegister.InterruptArm, _registers.Read32(NicRegister.InterruptArm) & ~(uint)interrupt);
        _port.Raise(DeviceEvents.Interrupt);
    }
}
