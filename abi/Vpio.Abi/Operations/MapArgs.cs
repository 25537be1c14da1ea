using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Map"/>: lets the devices that the caller owns reach a range of its memory.</summary>
/// <remarks>
/// Results: 0. <see cref="DeviceStatus.Invalid"/>, <see cref="DeviceStatus.NoMemory"/>: too many mappings. <see cref="DeviceStatus.Exists"/>: overlaps a mapping.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct MapArgs : IDeviceOpArgs
{
    /// <summary>The unit of mappings, bytes: one page.</summary>
    [CName("VPIO_DMA_GRANULE_BYTES")]
    public const ulong Granule = 4096;

    /// <summary>[GST] Where the range begins for the device, a multiple of <see cref="Granule"/>.</summary>
    /// <remarks>Unit: address, bytes. Ordering: copied in once by the call. Source: docs/abi.md, "DMA".</remarks>
    [FieldOffset(0)]
    public ulong Iova;

    /// <summary>[GST] Where it begins in the caller's memory, bytes from the memory's start, a multiple of <see cref="Granule"/>.</summary>
    /// <remarks>Unit: bytes from the start of the guest's memory. Ordering: copied in once by the call. Source: docs/abi.md, "DMA".</remarks>
    [FieldOffset(8)]
    public ulong Address;

    /// <summary>[GST] How long it is, bytes, a multiple of <see cref="Granule"/>, not 0.</summary>
    /// <remarks>Unit: bytes. Ordering: copied in once by the call. Source: docs/abi.md, "DMA".</remarks>
    [FieldOffset(16)]
    public ulong Length;

    /// <summary>[GST] What the device may do, the bits of <see cref="DmaAccess"/>, not 0.</summary>
    /// <remarks>Unit: bit set. Ordering: copied in once by the call. Source: docs/abi.md, "DMA".</remarks>
    [FieldOffset(24)]
    public uint Access;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(28)]
    public uint Reserved0;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(DeviceOpArgument.InputSize), Elements((DeviceOpArgument.Size - DeviceOpArgument.InputSize) / sizeof(ulong))]
    private readonly ulong _reserved;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.Map;
}
