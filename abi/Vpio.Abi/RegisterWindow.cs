using System.Runtime.CompilerServices;
using Vpio.Abi.Layout;
using Vpio.Abi.Ownership;

namespace Vpio.Abi;

/// <summary>Reads and writes the registers of one device, in one guest's window, each access at its exact width.</summary>
/// <remarks>
/// Never inlined: a compiler that sees the caller narrows a masked 64-bit load to one byte, which real devices do not answer.
/// Ordering: reads acquire, writes release. Whether the device sees an access is the hypervisor's to decide: without
/// ownership it does not.
/// </remarks>
[OwnershipAlias]
public readonly unsafe struct RegisterWindow
{
    private readonly byte* _start;
    private readonly uint _lengthBytes;

    /// <summary>Shows a range of memory as a register window.</summary>
    /// <param name="start">Where it is mapped, a multiple of 8. The caller keeps it mapped for as long as the window is used.</param>
    /// <param name="lengthBytes">How long it is, bytes.</param>
    public RegisterWindow(nint start, uint lengthBytes)
    {
        _start = (byte*)start;
        _lengthBytes = lengthBytes;
    }

    /// <summary>Gets how long the window is, bytes; 0 for a device that is not assigned.</summary>
    public uint LengthBytes => _lengthBytes;

    /// <summary>Reads a register of 32 bits.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 4.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Read32(uint offset) => Volatile.Read(ref At<uint>(offset));

    /// <summary>Reads a register of 64 bits.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 8.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ulong Read64(uint offset) => Volatile.Read(ref At<ulong>(offset));

    /// <summary>Writes a register of 32 bits.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 4.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write32(uint offset, uint value) => Volatile.Write(ref At<uint>(offset), value);

    /// <summary>Writes a register of 64 bits.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 8.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write64(uint offset, ulong value) => Volatile.Write(ref At<ulong>(offset), value);

    /// <summary>Replaces a register of 32 bits in one step.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 4.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>What it was.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    /// <remarks>For the device's side. Ordering: a full fence.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Exchange32(uint offset, uint value) => (uint)Interlocked.Exchange(ref At<int>(offset), (int)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [return: DeviceRegister]
    private ref T At<T>(uint offset)
        where T : unmanaged
    {
        if (offset % (uint)sizeof(T) != 0 || offset + (ulong)sizeof(T) > _lengthBytes)
            ThrowOutside(offset, sizeof(T));

        // SAFETY: offset is aligned and the register lies within the window, which the creator keeps mapped.
        return ref *(T*)(_start + offset);
    }

    // The message is made out of line: the room for making it would be cleared with each access.
    private void ThrowOutside(uint offset, int bytes) =>
        throw new ArgumentOutOfRangeException(nameof(offset), $"The window of {_lengthBytes} bytes has no register of {bytes} bytes at 0x{offset:x}.");
}
