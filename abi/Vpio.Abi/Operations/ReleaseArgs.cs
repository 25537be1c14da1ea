using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Release"/>: gives a device back.</summary>
/// <remarks>
/// Results: 0. <see cref="DeviceStatus.NotOwner"/>: not the owner in this generation; a late release after a forced stop changes nothing.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct ReleaseArgs : IDeviceOpArgs
{
    /// <summary>[GST] Which device.</summary>
    /// <remarks>Unit: slot number, 0 to 62. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(0)]
    public uint Device;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(4)]
    public uint Reserved0;

    /// <summary>[GST] The generation that the caller owns it in.</summary>
    /// <remarks>Unit: generation, 40 bits. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(8)]
    public ulong Generation;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(16)]
    public ulong Reserved1;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(24)]
    public ulong Reserved2;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(DeviceOpArgument.InputSize), Elements((DeviceOpArgument.Size - DeviceOpArgument.InputSize) / sizeof(ulong))]
    private readonly ulong _reserved;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.Release;
}
