using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Drives the NIC of a raw guest register by register, with nothing that would keep it from doing wrong.</summary>
/// <remarks>Guest memory: transmit ring at 0, receive ring at 4096, buffers of 2048 bytes from 8192 on. Mapped at <see cref="Base"/>.</remarks>
internal sealed unsafe class RawNic(RawGuest guest)
{
    public const ulong Base = 0x1_0000_0000;
    public const uint Entries = 64;
    private const ulong RxRing = 4096;
    private const ulong TxBuffers = 8192;
    private const ulong BufferBytes = 2048;
    private const ulong RxBuffers = TxBuffers + (Entries * BufferBytes);

    private uint _txTail;
    private uint _rxTail;
    private uint _rxTaken;

    public RegisterWindow Window { get; } = guest.Port.Window(new DeviceIndex(0));

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
        Window.Write64(NicRegister.TxRingIova, Base);
        Window.Write32(NicRegister.TxRingEntries, Entries);
        Window.Write64(NicRegister.RxRingIova, Base + RxRing);
        Window.Write32(NicRegister.RxRingEntries, Entries);
        Window.Write32(NicRegister.Control, (uint)(NicControl.TxEnable | NicControl.RxEnable));
        for (uint i = 0; i < Entries; i++)
            PostReceive();
        Ring(NicRegister.RxTail, _rxTail);
        Eventually(() => Status.HasFlag(NicStatus.TxRunning | NicStatus.RxRunning), "the rings run");
        return this;
    }

    /// <summary>Posts a frame and rings, whether or not the guest owns the device.</summary>
    public void Send(byte[] frame)
    {
        frame.CopyTo(Bytes(TxBuffers + (_txTail % Entries * BufferBytes), frame.Length));
        SendDescriptor(TxBuffer(_txTail), (uint)frame.Length);
    }

    public void SendDescriptor(ulong iova, uint length, uint flags = 0)
    {
        Descriptor(0, _txTail) = new NicDescriptor { Iova = iova, LengthBytes = length, Flags = flags };
        Ring(NicRegister.TxTail, ++_txTail);
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
            guest.Port.Kick(new DeviceIndex(0));
    }

    /// <summary>Waits until the device has consumed all that was posted.</summary>
    public void Drain() => Eventually(() => Window.Read32(NicRegister.TxHead) == _txTail, "the transmit ring drains");

    /// <summary>Takes the next received frame, if there is one; works on the guest's memory alone.</summary>
    public byte[]? TryTake()
    {
        ref NicDescriptor descriptor = ref Descriptor(RxRing, _rxTaken);
        if (Volatile.Read(ref descriptor.Flags) == 0)
            return null;
        byte[] frame = Bytes(RxBuffers + (_rxTaken % Entries * BufferBytes), (int)descriptor.LengthBytes).ToArray();
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
        Ring(NicRegister.RxTail, _rxTail);
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

    private void PostReceive() =>
        Descriptor(RxRing, _rxTail) = new NicDescriptor { Iova = Base + RxBuffers + (_rxTail++ % Entries * BufferBytes), LengthBytes = (uint)BufferBytes };

    private ref NicDescriptor Descriptor(ulong ring, uint place) =>
        ref Unsafe.As<byte, NicDescriptor>(ref Bytes(ring + (place % Entries * NicDescriptor.Size), NicDescriptor.Size)[0]);
}
