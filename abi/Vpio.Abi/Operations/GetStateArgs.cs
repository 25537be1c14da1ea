using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.GetState"/>: the device page's answer for guests that map none.</summary>
/// <remarks>
/// Results: 0, or the common errors.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct GetStateArgs : IDeviceOpArgs
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

    /// <summary>[HV] The <see cref="StateWord"/>; an owner other than the caller is shown as <see cref="DomainId.Invalid"/>.</summary>
    /// <remarks>Unit: state word. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(32)]
    public ulong State;

    /// <summary>[HV] When the owner's slice ends, nanoseconds of the hypervisor's clock; 0: no limit.</summary>
    /// <remarks>Unit: nanoseconds of the hypervisor's monotonic clock. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(40)]
    public ulong SliceEndNs;

    /// <summary>[HV] How many guests are queued, a hint.</summary>
    /// <remarks>Unit: guests. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(48)]
    public uint Waiters;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(52)]
    public uint Reserved4;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(56)]
    public ulong Reserved5;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(64)]
    public ulong Reserved6;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(72)]
    public ulong Reserved7;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(80)]
    public ulong Reserved8;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(88)]
    public ulong Reserved9;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(96)]
    public ulong Reserved10;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(104)]
    public ulong Reserved11;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(112)]
    public ulong Reserved12;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(120)]
    public ulong Reserved13;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.GetState;
}
