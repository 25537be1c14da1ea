using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Attacks;

/// <summary>Sets a network device up with rings that are good to begin with, in the guest's own memory, by bare register writes.</summary>
/// <remarks>The guest's whole memory is mapped, so that a device that errs writes where the judge looks.</remarks>
internal sealed class HostileRings
{
    /// <summary>How many descriptors each ring has.</summary>
    public const uint Entries = 64;

    private const ulong IovaBase = 0x10_0000;
    private const int PageBytes = 4096;
    private const int TransmitRing = 0;
    private const int ReceiveRing = PageBytes;
    private const int Buffers = 2 * PageBytes;
    private const int BufferBytes = 2048;

    private readonly Assault _assault;
    private readonly DeviceIndex _device;

    /// <summary>Maps the guest's memory.</summary>
    /// <param name="assault">The thread.</param>
    /// <param name="device">The device.</param>
    public HostileRings(Assault assault, DeviceIndex device)
    {
        _assault = assault;
        _device = device;
        assault.Map(IovaBase, 0, (ulong)assault.Port.Memory.LengthBytes, DmaAccess.ReadWrite);
    }

    /// <summary>Gets the registers.</summary>
    public IHostileWindow Window => _assault.GetWindow(_device);

    /// <summary>Gets the guest's MAC address, as the device says.</summary>
    public MacAddress Address => new(Window.Read64(NicRegister.MacAddress));

    /// <summary>Gets where the guest's memory begins for the device.</summary>
    public static ulong Iova => IovaBase;

    /// <summary>Shows a descriptor of the transmit ring.</summary>
    public ref NicDescriptor Transmit(uint count) => ref Descriptor(TransmitRing, count);

    /// <summary>Shows a descriptor of the receive ring.</summary>
    public ref NicDescriptor Receive(uint count) => ref Descriptor(ReceiveRing, count);

    /// <summary>Shows a buffer of the transmit ring.</summary>
    public Span<byte> TransmitBuffer(uint count) => _assault.Port.MemoryBytes().Slice(Buffers + ((int)(count % Entries) * BufferBytes), BufferBytes);

    /// <summary>Turns both halves off and on, with good rings and every receive buffer posted.</summary>
    public void SetUp()
    {
        Write32(NicRegister.Control, 0);
        for (uint i = 0; i < Entries; i++)
        {
            Transmit(i) = new NicDescriptor { Iova = IovaBase + Buffers + (i * BufferBytes), LengthBytes = 60 };
            Receive(i) = new NicDescriptor { Iova = IovaBase + Buffers + ((Entries + i) * BufferBytes), LengthBytes = BufferBytes };
        }

        Window.Write64(NicRegister.TxRingIova, IovaBase + TransmitRing);
        Window.Write64(NicRegister.RxRingIova, IovaBase + ReceiveRing);
        Write32(NicRegister.TxRingEntries, Entries);
        Write32(NicRegister.RxRingEntries, Entries);
        Write32(NicRegister.TxTail, 0);
        Write32(NicRegister.RxTail, Entries);
        Write32(NicRegister.Control, (uint)(NicControl.TxEnable | NicControl.RxEnable));
        Ring();
    }

    /// <summary>Writes a register and counts it.</summary>
    public void Write32(uint register, uint value)
    {
        Window.Write32(register, value);
        _assault.Touch();
    }

    /// <summary>Wakes the device.</summary>
    public void Ring()
    {
        Interlocked.MemoryBarrier();
        _assault.Port.Kick(_device);
        _assault.Touch();
    }

    private ref NicDescriptor Descriptor(int ring, uint count) =>
        ref MemoryMarshal.Cast<byte, NicDescriptor>(_assault.Port.MemoryBytes().Slice(ring, PageBytes))[(int)(count % Entries)];
}
