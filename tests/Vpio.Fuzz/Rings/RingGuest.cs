using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Fuzz.Worlds;

namespace Vpio.Fuzz.Rings;

/// <summary>Is a guest that can do with a NIC what a driver does, as well as anything else.</summary>
/// <param name="guest">The guest.</param>
/// <param name="nic">The NIC.</param>
internal sealed class RingGuest(FuzzGuest guest, FuzzNic nic)
{
    private const int PageBytes = 4096;
    private const int ReceiveRingAt = PageBytes;
    private const int BuffersAt = 2 * PageBytes;
    private const int Buffers = 12;

    private readonly List<Mapping> _mappings = [];
    private uint _transmitEntries = 16;
    private uint _receiveEntries = 16;
    private uint _transmitTail;
    private uint _receiveTail;

    /// <summary>Gets the guest.</summary>
    public FuzzGuest Guest => guest;

    /// <summary>Gets what devices may reach, by the calls of this guest that succeeded.</summary>
    public IReadOnlyList<Mapping> Mappings => _mappings;

    /// <summary>Gets its registers.</summary>
    public RegisterWindow Window => guest.Port.GetWindow(nic.Index);

    /// <summary>Tells where the n-th buffer is in its memory, as <see cref="PostFrame"/> and <see cref="PostBuffer"/> choose it.</summary>
    public static int BufferAt(uint number) => BuffersAt + ((int)(number % Buffers) * PageBytes);

    /// <summary>Asks for a mapping.</summary>
    public DeviceStatus Map(Mapping mapping)
    {
        MapArgs args = new() { Iova = mapping.Iova, Address = mapping.Address, Length = mapping.Length, Access = (uint)mapping.Access };
        DeviceStatus status = guest.Call(ref args);
        if (status == DeviceStatus.Ok)
            _mappings.Add(mapping);
        return status;
    }

    /// <summary>Ends a mapping.</summary>
    public DeviceStatus Unmap(ulong iova, ulong length)
    {
        UnmapArgs args = new() { Iova = iova, Length = length };
        DeviceStatus status = guest.Call(ref args);
        if (status == DeviceStatus.Ok)
            _mappings.RemoveAll(mapping => mapping.Iova == iova && mapping.Length == length);
        return status;
    }

    /// <summary>Asks for the NIC.</summary>
    public DeviceStatus Grab()
    {
        GrabArgs args = new() { Device = nic.Index.Value, Flags = GrabArgs.Queue };
        return guest.Call(ref args);
    }

    /// <summary>Gives the NIC back, if it is the guest's.</summary>
    public DeviceStatus Release()
    {
        ReleaseArgs args = new() { Device = nic.Index.Value, Generation = nic.Device.State.Generation.Value };
        return guest.Call(ref args);
    }

    /// <summary>Sets a transmit ring up as a driver does.</summary>
    /// <param name="entries">How many descriptors it has.</param>
    public void SetUpTransmit(uint entries)
    {
        _transmitEntries = entries;
        _transmitTail = 0;
        SetUp(NicControl.TxEnable, NicRegister.TxRingIova, iova: 0, NicRegister.TxRingEntries, entries, NicRegister.TxTail);
    }

    /// <summary>Sets a receive ring up as a driver does.</summary>
    /// <param name="entries">How many descriptors it has.</param>
    public void SetUpReceive(uint entries)
    {
        _receiveEntries = entries;
        _receiveTail = 0;
        SetUp(NicControl.RxEnable, NicRegister.RxRingIova, ReceiveRingAt, NicRegister.RxRingEntries, entries, NicRegister.RxTail);
    }

    /// <summary>Turns a half off.</summary>
    public void Disable(NicControl half) => Window.Write32(NicRegister.Control, Window.Read32(NicRegister.Control) & ~(uint)half);

    /// <summary>Posts a frame to send.</summary>
    /// <param name="frame">The frame; at most a page.</param>
    public void PostFrame(ReadOnlySpan<byte> frame)
    {
        int at = BufferAt(_transmitTail);
        frame.CopyTo(guest.Memory[at..]);
        WriteDescriptor((int)(_transmitTail % _transmitEntries) * NicDescriptor.Size, new NicDescriptor { Iova = (ulong)at, LengthBytes = (uint)frame.Length });
        Window.Write32(NicRegister.TxTail, ++_transmitTail);
    }

    /// <summary>Posts a buffer to receive into.</summary>
    /// <param name="lengthBytes">How long it is.</param>
    public void PostBuffer(uint lengthBytes)
    {
        int place = ReceiveRingAt + ((int)(_receiveTail % _receiveEntries) * NicDescriptor.Size);
        WriteDescriptor(place, new NicDescriptor { Iova = (ulong)BufferAt(_receiveTail), LengthBytes = lengthBytes });
        Window.Write32(NicRegister.RxTail, ++_receiveTail);
    }

    /// <summary>Writes a descriptor into its memory, wherever that is.</summary>
    /// <param name="at">Where, bytes; cut to what there is.</param>
    /// <param name="descriptor">The descriptor.</param>
    public void WriteDescriptor(int at, NicDescriptor descriptor) =>
        MemoryMarshal.Write(guest.Memory[(at % (guest.Memory.Length - NicDescriptor.Size))..], in descriptor);

    /// <summary>Makes a frame.</summary>
    /// <param name="into">Where to, 14 bytes at least.</param>
    /// <param name="to">Whom it is for.</param>
    /// <param name="from">From whom it says it is.</param>
    /// <param name="filling">What stands behind the addresses.</param>
    public static void Address(Span<byte> into, MacAddress to, MacAddress from, byte filling)
    {
        into.Fill(filling);
        BinaryPrimitives.WriteUInt64LittleEndian(into, to.Value | (from.Value << 48));
        BinaryPrimitives.WriteUInt32LittleEndian(into[8..], (uint)(from.Value >> 16));
    }

    private void SetUp(NicControl half, uint iovaRegister, ulong iova, uint entriesRegister, uint entries, uint tailRegister)
    {
        Window.Write64(iovaRegister, iova);
        Window.Write32(entriesRegister, entries);
        Window.Write32(tailRegister, 0);
        Window.Write32(NicRegister.Control, Window.Read32(NicRegister.Control) | (uint)half);
    }

    /// <summary>Is a range of device addresses, and the range of the guest's memory that it stands for.</summary>
    public readonly record struct Mapping(ulong Iova, ulong Address, ulong Length, DmaAccess Access)
    {
        /// <summary>Tells whether a device may write a page of the guest's memory through it.</summary>
        /// <param name="at">Where the page begins in the memory, bytes.</param>
        public bool LetsWrite(ulong at) => (Access & DmaAccess.Write) != 0 && at >= Address && at - Address < Length;
    }
}
