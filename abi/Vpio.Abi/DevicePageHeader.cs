using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Heads the device page: what it is, and how it is laid out.</summary>
/// <remarks>Source: <c>docs/abi.md</c>, "Device page".</remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct DevicePageHeader
{
    /// <summary>The size of the header, bytes.</summary>
    public const int Size = 64;

    /// <summary>The value of <see cref="Magic"/>: the bytes "VPIO".</summary>
    [CName("VPIO_DEVICE_PAGE_MAGIC")]
    public const uint MagicValue = 0x4F49_5056;

    /// <summary>[HV] <see cref="MagicValue"/>.</summary>
    /// <remarks>Unit: none. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(0)]
    public uint Magic;

    /// <summary>[HV] The major version of the ABI.</summary>
    /// <remarks>Unit: version number. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(4)]
    public ushort Major;

    /// <summary>[HV] The minor version of the ABI.</summary>
    /// <remarks>Unit: version number. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(6)]
    public ushort Minor;

    /// <summary>[HV] The features that the hypervisor offers.</summary>
    /// <remarks>Unit: bit set. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(8)]
    public ulong Features;

    /// <summary>[HV] The size of the page, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(16)]
    public uint PageSizeBytes;

    /// <summary>[HV] The size of a slot, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(20)]
    public uint SlotSizeBytes;

    /// <summary>[HV] How many slots the page has.</summary>
    /// <remarks>Unit: slots. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(24)]
    public uint SlotCount;

    /// <summary>[HV] How many slots have a device now.</summary>
    /// <remarks>Unit: devices. Ordering: a hint, relaxed. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(28)]
    public uint DeviceCount;

    /// <summary>[HV] New at every start of the hypervisor, never 0: a guest that sees it change must negotiate again.</summary>
    /// <remarks>Unit: none, any change counts. Ordering: constant from before the page is shared. Source: docs/abi.md, "Device page header".</remarks>
    [FieldOffset(32)]
    public ulong Epoch;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(40)]
    public ulong Reserved0;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(48)]
    public ulong Reserved1;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(56)]
    public ulong Reserved2;
}
