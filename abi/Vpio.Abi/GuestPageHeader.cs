using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Heads the guest page: what it is, and whose.</summary>
/// <remarks>Source: <c>docs/abi.md</c>, "Guest page".</remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct GuestPageHeader
{
    /// <summary>The size of the header, bytes.</summary>
    public const int Size = 64;

    /// <summary>The value of <see cref="Magic"/>: the bytes "VPIG".</summary>
    [CName("VPIO_GUEST_PAGE_MAGIC")]
    public const uint MagicValue = 0x4749_5056;

    /// <summary>[HV] <see cref="MagicValue"/>.</summary>
    /// <remarks>Unit: none. Ordering: constant from before the page is shared. Source: docs/abi.md, "Guest page header".</remarks>
    [FieldOffset(0)]
    public uint Magic;

    /// <summary>[HV] The major version of the ABI.</summary>
    /// <remarks>Unit: version number. Ordering: constant from before the page is shared. Source: docs/abi.md, "Guest page header".</remarks>
    [FieldOffset(4)]
    public ushort Major;

    /// <summary>[HV] The minor version of the ABI.</summary>
    /// <remarks>Unit: version number. Ordering: constant from before the page is shared. Source: docs/abi.md, "Guest page header".</remarks>
    [FieldOffset(6)]
    public ushort Minor;

    /// <summary>[HV] The domain id of the guest.</summary>
    /// <remarks>Unit: domain id. Ordering: constant from before the page is shared. Source: docs/abi.md, "Guest page header".</remarks>
    [FieldOffset(8)]
    public ushort DomainId;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(10)]
    public ushort Reserved0;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(12)]
    public uint Reserved1;

    /// <summary>[HV] The epoch of the hypervisor, as in <see cref="DevicePageHeader.Epoch"/>.</summary>
    /// <remarks>Unit: none, any change counts. Ordering: constant from before the page is shared. Source: docs/abi.md, "Guest page header".</remarks>
    [FieldOffset(16)]
    public ulong Epoch;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(24)]
    public ulong Reserved2;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(32)]
    public ulong Reserved3;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(40)]
    public ulong Reserved4;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(48)]
    public ulong Reserved5;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(56)]
    public ulong Reserved6;
}
