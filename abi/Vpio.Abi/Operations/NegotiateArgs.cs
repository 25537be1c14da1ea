using System.Runtime.InteropServices;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Negotiate"/>: agrees on a version and features.</summary>
/// <remarks>
/// Results: <see cref="DeviceStatus.NotSupported"/>: no common major version.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct NegotiateArgs : IDeviceOpArgs
{
    /// <summary>[GST] The major version that the guest speaks.</summary>
    [FieldOffset(0)]
    public ushort Major;

    /// <summary>[GST] The minor version that the guest knows.</summary>
    [FieldOffset(2)]
    public ushort Minor;

    /// <summary>Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(4)]
    public uint Reserved0;

    /// <summary>[GST] The features that the guest would use; bits that the hypervisor does not know are ignored.</summary>
    [FieldOffset(8)]
    public ulong Features;

    /// <summary>Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(16)]
    public ulong Reserved1;

    /// <summary>Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(24)]
    public ulong Reserved2;

    /// <summary>[HV] The major version in force.</summary>
    [FieldOffset(32)]
    public ushort AgreedMajor;

    /// <summary>[HV] The lower of both minor versions.</summary>
    [FieldOffset(34)]
    public ushort AgreedMinor;

    /// <summary>[HV] The domain id of the caller.</summary>
    [FieldOffset(36)]
    public ushort DomainId;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(38)]
    public ushort Reserved3;

    /// <summary>[HV] How many devices are assigned to the caller.</summary>
    [FieldOffset(40)]
    public uint Devices;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(44)]
    public uint Reserved4;

    /// <summary>[HV] The features that both know.</summary>
    [FieldOffset(48)]
    public ulong AgreedFeatures;

    /// <summary>[HV] The epoch of the hypervisor, as in the device page.</summary>
    [FieldOffset(56)]
    public ulong Epoch;

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
    public readonly DeviceOp Operation => DeviceOp.Negotiate;
}
