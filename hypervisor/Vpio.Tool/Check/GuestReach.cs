using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Conformance;

namespace Vpio.Tool.Check;

/// <summary>Loads and stores for a guest of which this process is, by its port: each value whole.</summary>
/// <param name="port">The port.</param>
internal sealed unsafe class GuestReach(IHypercallPort port)
{
    /// <summary>Loads a value.</summary>
    /// <param name="space">Where.</param>
    /// <param name="offset">Where in it, bytes.</param>
    /// <param name="bytes">How many.</param>
    internal ulong Read(GuestSpace space, ulong offset, int bytes)
    {
        if (space.Kind == GuestSpaceKind.Registers)
        {
            RegisterWindow window = port.GetWindow(space.Device);
            return bytes == sizeof(ulong) ? window.Read64((uint)offset) : window.Read32((uint)offset);
        }

        byte* at = At(space, offset, bytes);
        return bytes switch
        {
            1 => Volatile.Read(ref *at),
            2 => Volatile.Read(ref *(ushort*)at),
            4 => Volatile.Read(ref *(uint*)at),
            _ => Volatile.Read(ref *(ulong*)at),
        };
    }

    /// <summary>Stores a value.</summary>
    /// <param name="space">Where.</param>
    /// <param name="offset">Where in it, bytes.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="value">The value.</param>
    internal void Write(GuestSpace space, ulong offset, int bytes, ulong value)
    {
        if (space.Kind == GuestSpaceKind.Registers)
        {
            RegisterWindow window = port.GetWindow(space.Device);
            if (bytes == sizeof(ulong))
                window.Write64((uint)offset, value);
            else
                window.Write32((uint)offset, (uint)value);
            return;
        }

        byte* at = At(space, offset, bytes);
        switch (bytes)
        {
            case 1:
                Volatile.Write(ref *at, (byte)value);
                break;
            case 2:
                Volatile.Write(ref *(ushort*)at, (ushort)value);
                break;
            case 4:
                Volatile.Write(ref *(uint*)at, (uint)value);
                break;
            default:
                Volatile.Write(ref *(ulong*)at, value);
                break;
        }
    }

    // SAFETY: within the page or the memory, aligned; the port keeps both mapped. A store into the device page faults, which is what it is for.
    private byte* At(GuestSpace space, ulong offset, int bytes)
    {
        long length = space.Kind == GuestSpaceKind.Memory ? port.Memory.LengthBytes : 4096;
        if (offset % (uint)bytes != 0 || offset > (ulong)(length - bytes))
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"There are no {bytes} bytes there.");
        return offset + space.Kind switch
        {
            GuestSpaceKind.DevicePage => (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in port.DevicePage)),
            GuestSpaceKind.GuestPage => (byte*)Unsafe.AsPointer(ref port.GuestPage),
            _ => (byte*)port.Memory.Start,
        };
    }
}
