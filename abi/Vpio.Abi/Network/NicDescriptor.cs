using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Network;

/// <summary>Describes one buffer in a ring of the network device.</summary>
/// <remarks>
/// Ordering: the guest writes the descriptor before the tail that posts it; the device writes the frame, then the descriptor,
/// then the head that completes it. Source: <c>docs/nic.md</c>, "Rings".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct NicDescriptor
{
    /// <summary>The size of a descriptor, bytes.</summary>
    public const int Size = 16;

    /// <summary>The bit of <see cref="Flags"/> that the device sets in a receive descriptor that holds a frame.</summary>
    public const uint Done = 1 << 0;

    /// <summary>The bit of <see cref="Flags"/> that the device sets in a receive descriptor whose buffer it could not use: it holds no frame.</summary>
    public const uint Error = 1 << 1;

    /// <summary>[GST] Where the buffer begins.</summary>
    /// <remarks>Unit: address, bytes. Ordering: written before the tail that posts the descriptor. Source: docs/nic.md, "Descriptors".</remarks>
    [FieldOffset(0)]
    public ulong Iova;

    /// <summary>[GST] Transmit: the length of the frame. Receive: the room in the buffer; [HV] writes the length of the frame over it. Bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: written before the tail that posts the descriptor; by the device before <see cref="Flags"/>. Source: docs/nic.md, "Descriptors".</remarks>
    [FieldOffset(8)]
    public uint LengthBytes;

    /// <summary>[GST] 0. [HV] <see cref="Done"/> or <see cref="Error"/> in a completed receive descriptor; transmit descriptors are not written back.</summary>
    /// <remarks>Unit: bit set. Ordering: store-release by the device, load-acquire by the driver. Source: docs/nic.md, "Descriptors".</remarks>
    [FieldOffset(12)]
    public uint Flags;
}
