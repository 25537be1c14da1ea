using System.Runtime.InteropServices;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Query"/>: describes a device and the caller's use of it.</summary>
/// <remarks>
/// Results: 0, or the common errors.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct QueryArgs : IDeviceOpArgs
{
    /// <summary>[GST] Which device.</summary>
    [FieldOffset(0)]
    public uint Device;

    /// <summary>Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(4)]
    public uint Reserved0;

    /// <summary>Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(8)]
    public ulong Reserved1;

    /// <summary>Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(16)]
    public ulong Reserved2;

    /// <summary>Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(24)]
    public ulong Reserved3;

    /// <summary>[HV] The <see cref="DeviceClass"/>.</summary>
    [FieldOffset(32)]
    public uint Class;

    /// <summary>[HV] The size of the register window, bytes.</summary>
    [FieldOffset(36)]
    public uint WindowBytes;

    /// <summary>[HV] The caller's time slice, nanoseconds.</summary>
    [FieldOffset(40)]
    public ulong SliceNs;

    /// <summary>[HV] How long a revoked owner may take to release, nanoseconds.</summary>
    [FieldOffset(48)]
    public ulong GraceNs;

    /// <summary>[HV] The caller's weight, 1 to 16: its slice is as many times the base slice.</summary>
    [FieldOffset(56)]
    public uint Weight;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(60)]
    public uint Reserved4;

    /// <summary>[HV] The caller's MAC address: its six bytes in memory order, then two zeros; 0 for other classes.</summary>
    [FieldOffset(64)]
    public ulong MacAddress;

    /// <summary>[HV] How often the caller was granted the device.</summary>
    [FieldOffset(72)]
    public ulong Grants;

    /// <summary>[HV] How often the caller was asked to stop.</summary>
    [FieldOffset(80)]
    public ulong Revocations;

    /// <summary>[HV] How often the caller was stopped by force.</summary>
    [FieldOffset(88)]
    public ulong ForcedStops;

    /// <summary>[HV] How long the caller owned the device in ownerships that ended, nanoseconds.</summary>
    [FieldOffset(96)]
    public ulong OwnedNs;

    /// <summary>[HV] How long the caller waited in the queue for grants it got, nanoseconds.</summary>
    [FieldOffset(104)]
    public ulong WaitedNs;

    /// <summary>[HV] How many frames were parked for the caller.</summary>
    [FieldOffset(112)]
    public ulong RxParked;

    /// <summary>[HV] How many frames for the caller were dropped.</summary>
    [FieldOffset(120)]
    public ulong RxDropped;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.Query;
}
