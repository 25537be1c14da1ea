using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Unmap"/>: ends the reach of devices into a range, before the call returns.</summary>
/// <remarks>
/// Results: 0: no DMA into the range from now on. <see cref="DeviceStatus.NotFound"/>: no such mapping.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct UnmapArgs : IDeviceOpArgs
{
    /// <summary>[GST] Where the mapping begins for the device, as it was mapped.</summary>
    /// <remarks>Unit: address, bytes. Ordering: copied in once by the call. Source: docs/abi.md, "DMA".</remarks>
    [FieldOffset(0)]
    public ulong Iova;

    /// <summary>[GST] How long it is, bytes, as it was mapped.</summary>
    /// <remarks>Unit: bytes. Ordering: copied in once by the call. Source: docs/abi.md, "DMA".</remarks>
    [FieldOffset(8)]
    public ulong Length;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(16)]
    public ulong Reserved0;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(24)]
    public ulong Reserved1;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(DeviceOpArgument.InputSize), Elements((DeviceOpArgument.Size - DeviceOpArgument.InputSize) / sizeof(ulong))]
    private readonly ulong _reserved;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.Unmap;
}
