using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Drives the NIC of a raw guest register by register, with nothing that would keep it from doing wrong.</summary>
/// <remarks>Guest memory: transmit ring at 0, receive ring at 4096, buffers of 2048 bytes from 8192 on. Mapped at <see cref="Base"/>.</remarks>
internal sealed unsafe class RawNic(RawGuest guest, uint device = 0)
{
    /// <summary>What a posted receive buffer is full of, until the device writes there.</summary>
    public const byte Poison = 0xa5;

    public const ulong Base = 0x1_0000_0000;
    public const uint Entries = 64;
    private const ulong RxRing = 4096;
    private const ulong TxBuffers = 8192;
    private const ulong BufferBytes = 2048;
    private const ulong RxBuffers = TxBuffers + (Entries * BufferBytes);

    private uint _txTail;
    private uint _rxTail;
    private uint _rxTaken;

    public RegisterWindow Window { get; } = guest.Port.GetWindow(new DeviceIndex(device));

    public MacAddress Address => new(Window.Read64(NicRegister.MacAddress));

    public NicStatus Status => (NicStatus)Window.Read32(NicRegister.Status);

    public static ulong TxBuffer(uint place) => Base + TxBuffers + (place % Entries * BufferBytes);

    public static byte[] Frame(MacAddress to, MacAddress from, int number, int length = 64)
    {
        byte[] frame = new byte[length];
        byte[] word = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(word, to.Value);
        word.AsSpan(0, 6).CopyTo(frame);
        BinaryPrimitives.WriteUInt64LittleEndian(word, from.Value);
        word.AsSpan(0, 6).CopyTo(frame.AsSpan(6));
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(14), number);
        return frame;
    }

    public static int NumberOf(byte[] frame) => BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(14));

    public RawNic MapAll()
    {
        MapArgs args = new() { Iova = Base, Address = 0, Length = (ulong)guest.Port.Memory.LengthBytes, Access = (uint)DmaAccess.ReadWrite };
        Assert.That(guest.Call(ref args), Is.EqualTo(DeviceStatus.Ok));
        return this;
    }

    /// <summary>Sets both rings up; the guest owns the device.</summary>
    public RawNic Start()
    {
        Assert.That(TryStart(() => true));
        return this;
    }

    /// <summary>Sets both rings up, for as long as the guest owns the device.</summary>
    /// <returns>Whether they run.</returns>
    public bool TryStart(Func<bool> owns)
    {
        Window.Write64(NicRegister.TxRingIova, Base);
        Window.Write32(NicRegister.TxRingEntries, Entries);
        Window.Write64(NicRegister.RxRingIova, Base + RxRing);
        Window.Write32(NicRegister.RxRingEntries, Entries);
        for (uint i = 0; i < Entries; i++)
            PostReceive();
        Window.Write32(NicRegister.RxTail, _rxTail);
        Ring(NicRegister.Control, (uint)(NicControl.TxEnable | NicControl.RxEnable));
        bool runs = false;
        Eventually(() => (runs = Status.HasFlag(NicStatus.TxRunning | NicStatus.RxRunning)) || !owns(), "the rings run");
        return runs;
    }

    /// <summary>Posts a frame and rings, whether or not the guest owns the device.</summary>
    public void Send(byte[] frame)
    {
        Post(frame);
        Ring(NicRegister.TxTail, _txTail);
    }

    /// <summary>Posts a frame without ringing: it goes in one batch with the next that is sent.</summary>
    public void Post(byte[] frame)
    {
        frame.CopyTo(Bytes(TxBuffers + (_txTail % Entries * BufferBytes), frame.Length));
        PostDescriptor(TxBuffer(_txTail), (uint)frame.Length);
    }

    public void SendDescriptor(ulong iova, uint length, uint flags = 0)
    {
        PostDescriptor(iova, length, flags);
        Ring(NicRegister.TxTail, _txTail);
    }

    /// <summary>Posts a frame at the place where the device stands, wherever earlier doorbells went.</summary>
    public void SendAt(byte[] frame)
    {
        _txTail = Window.Read32(NicRegister.TxHead);
        Send(frame);
    }

    public void ShortenNextReceiveBuffer(uint to) => Descriptor(RxRing, _rxTaken).LengthBytes = to;

    public byte[] TakeErrorThenFrame()
    {
        Eventually(() => Volatile.Read(ref Descriptor(RxRing, _rxTaken).Flags) == NicDescriptor.Error, "the buffer comes back as an error");
        _rxTaken++;
        return Take();
    }

    public void Ring(uint doorbell, uint value)
    {
        Window.Write32(doorbell, value);
        Interlocked.MemoryBarrier();
        if (Window.Read32(NicRegister.Asleep) != 0)
            guest.Port.Kick(new DeviceIndex(device));
    }

    /// <summary>Waits until the device has consumed all that was posted.</summary>
    public void Drain() => Eventually(() => Window.Read32(NicRegister.TxHead) == _txTail, "the transmit ring drains");

    /// <summary>Takes the next received frame, if there is one; works on the guest's memory alone.</summary>
    public byte[]? TryTake()
    {
        if (!HasFrame)
            return null;
        byte[] frame = NextRxBuffer[..(int)Descriptor(RxRing, _rxTaken).LengthBytes].ToArray();
        _rxTaken++;
        PostReceive();
        return frame;
    }

    /// <summary>Looks for a frame after the first so many.</summary>
    public byte[]? TryTakeBeyond(int frames)
    {
        _rxTaken = (uint)frames;
        return TryTake();
    }

    public byte[] Take()
    {
        byte[]? frame = null;
        Eventually(() => (frame = TryTake()) is not null, "a frame arrives");
        RingReceive();
        return frame!;
    }

    public Span<byte> Bytes(ulong offset, int length)
    {
        GuestMemory memory = guest.Port.Memory;
        Assert.That(offset + (ulong)length, Is.LessThanOrEqualTo((ulong)memory.LengthBytes));

        // SAFETY: within the guest's memory, which stays mapped while the port is reachable.
        return new Span<byte>((byte*)memory.Start + offset, length);
    }

    public static void Eventually(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)))
            Assert.Fail($"Did not happen within 30 s: {what}.");
    }

    /// <summary>Tells the device of the buffers that were read and posted again.</summary>
    public void RingReceive() => Ring(NicRegister.RxTail, _rxTail);

    /// <summary>Turns both halves off, with tails that fit rings which begin anew.</summary>
    public void TurnOff()
    {
        Ring(NicRegister.Control, 0);
        Eventually(() => (Status & (NicStatus.TxRunning | NicStatus.RxRunning)) == 0, "the rings are off");
        Window.Write32(NicRegister.TxTail, 0);
        Window.Write32(NicRegister.RxTail, 0);
    }

    /// <summary>Gets how many frames were posted and have not gone out.</summary>
    public uint Unsent => _txTail - Window.Read32(NicRegister.TxHead);

    public bool HasFrame => Volatile.Read(ref Descriptor(RxRing, _rxTaken).Flags) != 0;

    public Span<byte> NextRxBuffer => RxBuffer(_rxTaken);

    /// <summary>Shows the whole of a receive buffer.</summary>
    public Span<byte> RxBuffer(uint place) => Bytes(RxBuffers + (place % Entries * BufferBytes), (int)BufferBytes);

    private void PostDescriptor(ulong iova, uint length, uint flags = 0) =>
        Descriptor(0, _txTail++) = new NicDescriptor { Iova = iova, LengthBytes = length, Flags = flags };

    private void PostReceive()
    {
        RxBuffer(_rxTail).Fill(Poison);
        Descriptor(RxRing, _rxTail) = new NicDescriptor { Iova = Base + RxBuffers + (_rxTail++ % Entries * BufferBytes), LengthBytes = (uint)BufferBytes };
    }

    private ref NicDescriptor Descriptor(ulong ring, uint place) =>
        ref Unsafe.As<byte, NicDescriptor>(ref Bytes(ring + (place % Entries * NicDescriptor.Size), NicDescriptor.Size)[0]);
}
