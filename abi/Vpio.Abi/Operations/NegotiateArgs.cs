using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Negotiate"/>: agrees on a version and features.</summary>
/// <remarks>
/// Results: <see cref="DeviceStatus.NotSupported"/>: no common major version.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct NegotiateArgs : IDeviceOpArgs
{
    /// <summary>[GST] The major version that the guest speaks.</summary>
    /// <remarks>Unit: version number. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(0)]
    public ushort Major;

    /// <summary>[GST] The minor version that the guest knows.</summary>
    /// <remarks>Unit: version number. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(2)]
    public ushort Minor;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(4)]
    public uint Reserved0;

    /// <summary>[GST] The features that the guest would use; bits that the hypervisor does not know are ignored.</summary>
    /// <remarks>Unit: bit set. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(8)]
    public ulong Features;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(16)]
    public ulong Reserved1;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(24)]
    public ulong Reserved2;

    /// <summary>[HV] The major version in force.</summary>
    /// <remarks>Unit: version number. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(32)]
    public ushort AgreedMajor;

    /// <summary>[HV] The lower of both minor versions.</summary>
    /// <remarks>Unit: version number. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(34)]
    public ushort AgreedMinor;

    /// <summary>[HV] The domain id of the caller.</summary>
    /// <remarks>Unit: domain id. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(36)]
    public ushort DomainId;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(38)]
    public ushort Reserved3;

    /// <summary>[HV] How many devices are assigned to the caller.</summary>
    /// <remarks>Unit: devices. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(40)]
    public uint Devices;

    /// <summary>[HV] Reserved, written as zero.</summary>
    [FieldOffset(44)]
    public uint Reserved4;

    /// <summary>[HV] The features that both know.</summary>
    /// <remarks>Unit: bit set. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(48)]
    public ulong AgreedFeatures;

    /// <summary>[HV] The epoch of the hypervisor, as in the device page.</summary>
    /// <remarks>Unit: none, any change counts. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "Operations".</remarks>
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
