using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Cancel"/>: leaves the queue of a device.</summary>
/// <remarks>
/// Results: 0: left the queue. <see cref="DeviceStatus.NotFound"/>: was not queued. <see cref="DeviceStatus.Exists"/>: the grant came first; await GRANTED, then use or release.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct CancelArgs : IDeviceOpArgs
{
    /// <summary>[GST] Which device.</summary>
    /// <remarks>Unit: slot number, 0 to 62. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(0)]
    public uint Device;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(4)]
    public uint Reserved0;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(8)]
    public ulong Reserved1;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(16)]
    public ulong Reserved2;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(24)]
    public ulong Reserved3;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(DeviceOpArgument.InputSize), Elements((DeviceOpArgument.Size - DeviceOpArgument.InputSize) / sizeof(ulong))]
    private readonly ulong _reserved;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.Cancel;
}
