using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Hypervisor.Memory;

/// <summary>Is one view of a shared region, mapped for as long as this object is reachable.</summary>
internal sealed unsafe class Mapping
{
    private readonly SafeMemoryMappedViewHandle _handle;
    private readonly byte* _start;

    /// <summary>Takes a view over.</summary>
    /// <param name="view">The view.</param>
    public Mapping(MemoryMappedViewAccessor view)
    {
        _handle = view.SafeMemoryMappedViewHandle;
        LengthBytes = view.Capacity;

        // SAFETY: never released by hand. The handle's own finalizer unmaps the view when nobody can reach it any more.
        _handle.AcquirePointer(ref _start);
        _start += view.PointerOffset;
        _handle.ReleasePointer();
    }

    /// <summary>Gets how long the view is, bytes.</summary>
    public long LengthBytes { get; }

    /// <summary>Gets where the view begins. The caller keeps this object reachable while it uses the address.</summary>
    public nint Start => (nint)_start;

    /// <summary>Shows a part of the view as a value in place.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="offset">Where it begins, bytes, a multiple of its alignment.</param>
    /// <returns>The value in place; the caller keeps this object reachable while it uses it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At<T>(long offset)
        where T : unmanaged
    {
        if (offset < 0 || offset + sizeof(T) > LengthBytes)
            ThrowOutside(offset, sizeof(T));

        // SAFETY: the value lies within the view; offsets are layout constants, aligned; the view is mapped while this object lives.
        return ref Unsafe.AsRef<T>(_start + offset);
    }

    /// <summary>Shows a part of the view as bytes in place.</summary>
    /// <param name="offset">Where it begins, bytes.</param>
    /// <param name="lengthBytes">How long it is, bytes.</param>
    /// <returns>The bytes in place; the caller keeps this object reachable while it uses them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Bytes(long offset, int lengthBytes)
    {
        if ((ulong)offset + (uint)lengthBytes > (ulong)LengthBytes)
            ThrowOutside(offset, lengthBytes);

        // SAFETY: the range lies within the view, which is mapped while this object lives.
        return new Span<byte>(_start + offset, lengthBytes);
    }

    // The message is made out of line: the room for making it would be cleared with each access.
    [DoesNotReturn]
    private void ThrowOutside(long offset, int lengthBytes) =>
        throw new ArgumentOutOfRangeException(nameof(offset), offset, $"A view of {LengthBytes} bytes has no {lengthBytes} bytes there.");
}
