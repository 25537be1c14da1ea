using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Query"/>: describes a device and the caller's use of it.</summary>
/// <remarks>
/// Results: 0, or the common errors.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct QueryArgs : IDeviceOpArgs
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

    /// <summary>[HV] The <see cref="DeviceClass"/>.</summary>
    /// <remarks>Unit: class number. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(32), CName("device_class")]
    public uint Class;

    /// <summary>[HV] The size of the register window, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(36)]
    public uint WindowBytes;

    /// <summary>[HV] The caller's time slice, nanoseconds.</summary>
    /// <remarks>Unit: nanoseconds. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(40)]
    public ulong SliceNs;

    /// <summary>[HV] How long a revoked owner may take to release, nanoseconds.</summary>
    /// <remarks>Unit: nanoseconds. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(48)]
    public ulong GraceNs;

    /// <summary>[HV] The caller's weight, 1 to 16: its slice is as many times the base slice.</summary>
    /// <remarks>Unit: slices. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(56)]
    public uint Weight;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(60)]
    public uint Reserved4;

    /// <summary>[HV] The caller's MAC address: its six bytes in memory order, then two zeros; 0 for other classes.</summary>
    /// <remarks>Unit: six bytes. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(64)]
    public ulong MacAddress;

    /// <summary>[HV] How often the caller was granted the device.</summary>
    /// <remarks>Unit: grants. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(72)]
    public ulong Grants;

    /// <summary>[HV] How often the caller was asked to stop.</summary>
    /// <remarks>Unit: upcalls. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(80)]
    public ulong Revocations;

    /// <summary>[HV] How often the caller was stopped by force.</summary>
    /// <remarks>Unit: stops. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(88)]
    public ulong ForcedStops;

    /// <summary>[HV] How long the caller owned the device in ownerships that ended, nanoseconds.</summary>
    /// <remarks>Unit: nanoseconds. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(96)]
    public ulong OwnedNs;

    /// <summary>[HV] How long the caller waited in the queue for grants it got, nanoseconds.</summary>
    /// <remarks>Unit: nanoseconds. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(104)]
    public ulong WaitedNs;

    /// <summary>[HV] How many frames were parked for the caller.</summary>
    /// <remarks>Unit: frames. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(112)]
    public ulong RxParked;

    /// <summary>[HV] How many frames for the caller were dropped.</summary>
    /// <remarks>Unit: frames. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(120)]
    public ulong RxDropped;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.Query;
}
