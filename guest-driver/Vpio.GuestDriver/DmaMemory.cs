using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Is memory of the guest that the devices it owns may reach.</summary>
/// <remarks>
/// The device's addresses lie 4 GiB above the offsets in the guest's memory: who confuses the two is caught at once.
/// Keep it undisposed while a device may use it, and use no span or reference of it after.
/// Threads: any; what is written there is ordered by the device's own protocol.
/// </remarks>
public sealed unsafe class DmaMemory : IDisposable
{
    private const ulong IovaBase = 0x1_0000_0000;

    private readonly IHypercallPort _port;
    private readonly DmaPages _pages;
    private readonly GuestDomain _domain;
    private readonly long _offset;
    private byte* _start;

    private DmaMemory(IHypercallPort port, DmaPages pages, GuestDomain domain, long offset, long lengthBytes)
    {
        _port = port;
        _pages = pages;
        _domain = domain;
        _offset = offset;
        LengthBytes = lengthBytes;

        // SAFETY: the range was taken from the port's memory, which is this long and stays mapped as long as the port, that this object keeps.
        _start = (byte*)port.Memory.Start + offset;
    }

    /// <summary>Gets where the memory begins for the devices.</summary>
    public Iova Iova => new(IovaBase + (ulong)_offset);

    /// <summary>Gets how long it is, bytes: whole pages.</summary>
    public long LengthBytes { get; }

    /// <summary>Shows a range of the memory.</summary>
    /// <param name="offset">Where it begins, bytes from the start of the memory.</param>
    /// <param name="length">How long it is, bytes.</param>
    /// <returns>The range, in place.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the memory.</exception>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public Span<byte> AsSpan(long offset, int length)
    {
        // SAFETY: the range was checked; the memory stays mapped until disposal, after which the caller uses no span of it.
        return new Span<byte>(At(offset, length), length);
    }

    /// <summary>Finds a value in the memory.</summary>
    /// <typeparam name="T">Its type: plain bytes, of natural alignment.</typeparam>
    /// <param name="offset">Where it is, bytes from the start of the memory, a multiple of 8.</param>
    /// <returns>The value, in place.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value does not lie within the memory, or is not aligned.</exception>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public ref T At<T>(long offset)
        where T : unmanaged
    {
        if (offset % sizeof(ulong) != 0)
            ThrowUnaligned(offset);

        // SAFETY: the range was checked and is aligned for any of the ABI's types; the memory stays mapped until disposal.
        return ref Unsafe.AsRef<T>(At(offset, sizeof(T)));
    }

    /// <summary>Ends the devices' reach, and gives the memory back.</summary>
    public void Dispose()
    {
        if (_start is null)
            return;
        _start = null;
        if (_domain.IsDisposed)
            return; // The port is gone, and with it the mappings.

        // A failure leaves the pages taken: what a device may still reach is never given out again.
        UnmapArgs args = new() { Iova = Iova.Value, Length = (ulong)LengthBytes };
        if (DeviceCall.Make(_port, ref args) is DeviceStatus.Ok or DeviceStatus.NotFound)
            _pages.GiveBack(_offset);
    }

    /// <summary>Takes pages of the guest's memory and maps them for the devices.</summary>
    /// <param name="port">The way to the hypervisor.</param>
    /// <param name="pages">The pages of the guest's memory.</param>
    /// <param name="domain">The guest.</param>
    /// <param name="bytes">How much, bytes.</param>
    /// <param name="access">What the devices may do there.</param>
    /// <returns>The memory, zeroed.</returns>
    internal static DmaMemory Allocate(IHypercallPort port, DmaPages pages, GuestDomain domain, long bytes, DmaAccess access)
    {
        (long offset, long lengthBytes) = pages.Take(bytes);
        DmaMemory memory = new(port, pages, domain, offset, lengthBytes);
        memory.Clear();
        MapArgs args = new() { Iova = memory.Iova.Value, Address = (ulong)offset, Length = (ulong)lengthBytes, Access = (uint)access };
        DeviceStatus status = DeviceCall.Make(port, ref args);
        if (status == DeviceStatus.Ok)
            return memory;

        pages.GiveBack(offset);
        throw new DeviceCallException(DeviceOp.Map, status, $"0x{lengthBytes:x} bytes at {memory.Iova}");
    }

    private byte* At(long offset, int length)
    {
        byte* start = _start;
        ObjectDisposedException.ThrowIf(start is null, this);
        if (offset < 0 || length < 0 || offset > LengthBytes - length)
            ThrowOutside(offset, length);

        // SAFETY: offset lies within the memory, by the check above.
        return start + offset;
    }

    // The messages are made out of line: the room for making them would be cleared with each frame.
    [DoesNotReturn]
    private static void ThrowUnaligned(long offset) =>
        throw new ArgumentOutOfRangeException(nameof(offset), $"A value in DMA memory is aligned to {sizeof(ulong)} bytes; 0x{offset:x} is not.");

    [DoesNotReturn]
    private void ThrowOutside(long offset, int length) =>
        throw new ArgumentOutOfRangeException(nameof(offset), $"The DMA memory of 0x{LengthBytes:x} bytes has no 0x{length:x} bytes at 0x{offset:x}.");

    private void Clear()
    {
        // SAFETY: the whole range belongs to this object alone since it was taken; nuint holds any length of mapped memory.
        NativeMemory.Clear(_start, (nuint)LengthBytes);
    }
}
