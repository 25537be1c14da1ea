using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Machines;

/// <summary>Tells a guest in a virtual machine where everything is. Its address is in RDI when the program is entered.</summary>
/// <remarks>All addresses are virtual and physical at once. The guest can read it and not write it. Source: <c>docs/guests.md</c>, "Machine info".</remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct MachineInfo
{
    /// <summary>The size of the structure, bytes.</summary>
    public const int Size = 128;

    /// <summary>The value of <see cref="Magic"/>: the bytes "VPIM".</summary>
    [CName("VPIO_MACHINE_INFO_MAGIC")]
    public const uint MagicValue = 0x4D49_5056;

    /// <summary>[HV] <see cref="MagicValue"/>.</summary>
    /// <remarks>Unit: none. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(0)]
    public uint Magic;

    /// <summary>[HV] The major version of the ABI.</summary>
    /// <remarks>Unit: version number. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(4)]
    public ushort Major;

    /// <summary>[HV] The minor version of the ABI.</summary>
    /// <remarks>Unit: version number. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(6)]
    public ushort Minor;

    /// <summary>[HV] The device page.</summary>
    /// <remarks>Unit: address. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(8)]
    public ulong DevicePage;

    /// <summary>[HV] The guest page.</summary>
    /// <remarks>Unit: address. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(16)]
    public ulong GuestPage;

    /// <summary>[HV] The call area, a <see cref="Processes.CallArea"/>.</summary>
    /// <remarks>Unit: address. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(24)]
    public ulong CallArea;

    /// <summary>[HV] The guest's memory.</summary>
    /// <remarks>Unit: address. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(32)]
    public ulong Memory;

    /// <summary>[HV] How long the guest's memory is, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(40)]
    public ulong MemoryBytes;

    /// <summary>[HV] The application memory.</summary>
    /// <remarks>Unit: address. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(48)]
    public ulong Application;

    /// <summary>[HV] How long the application memory is, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(56)]
    public ulong ApplicationBytes;

    /// <summary>[HV] The register window of device 0.</summary>
    /// <remarks>Unit: address. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(64)]
    public ulong Windows;

    /// <summary>[HV] How far the window of each device is from that of the one before.</summary>
    /// <remarks>Unit: bytes. Ordering: constant from before the guest is entered. Source: docs/guests.md, "Machine info".</remarks>
    [FieldOffset(72)]
    public ulong WindowStrideBytes;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(80), Elements((Size - 80) / sizeof(ulong))]
    private readonly ulong _reserved;
}
