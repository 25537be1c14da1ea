using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Grab"/>: asks to own a device.</summary>
/// <remarks>
/// Results: 0: the caller owns the device. <see cref="DeviceStatus.Queued"/>: it waits for it (again so when it already did), and a GRANTED upcall follows. <see cref="DeviceStatus.Busy"/>: owned by another, or others wait. <see cref="DeviceStatus.Exists"/>: the caller owns it, or is about to.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct GrabArgs : IDeviceOpArgs
{
    /// <summary>Flag: wait in the queue when the device is not to be had at once (<c>GRAB_QUEUE</c>).</summary>
    [CName("VPIO_GRAB_QUEUE")]
    public const uint Queue = 1 << 0;

    /// <summary>[GST] Which device.</summary>
    /// <remarks>Unit: slot number, 0 to 62. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(0)]
    public uint Device;

    /// <summary>[GST] 0, or <see cref="Queue"/>.</summary>
    /// <remarks>Unit: bit set. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(4)]
    public uint Flags;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(8)]
    public ulong Reserved0;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(16)]
    public ulong Reserved1;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(24)]
    public ulong Reserved2;

    /// <summary>[HV] The generation of the ownership; 0 when queued.</summary>
    /// <remarks>Unit: generation, 40 bits. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(32)]
    public ulong Generation;

    /// <summary>[HV] When the slice ends, nanoseconds of the hypervisor's clock; 0: no limit while nobody waits.</summary>
    /// <remarks>Unit: nanoseconds of the hypervisor's monotonic clock. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(40)]
    public ulong SliceEndNs;

    /// <summary>[HV] How many guests were queued besides the caller, a hint.</summary>
    /// <remarks>Unit: guests. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(48)]
    public uint Ahead;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(52)]
    public uint Reserved3;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(56)]
    public ulong Reserved4;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(64)]
    public ulong Reserved5;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(72)]
    public ulong Reserved6;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(80)]
    public ulong Reserved7;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(88)]
    public ulong Reserved8;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(96)]
    public ulong Reserved9;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(104)]
    public ulong Reserved10;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(112)]
    public ulong Reserved11;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(120)]
    public ulong Reserved12;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.Grab;
}
