using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Machines;

/// <summary>Is what the program of a guest in a virtual machine begins with: how much memory it takes, and where it is entered.</summary>
/// <remarks>
/// The program is one piece of bytes, loaded at <see cref="LoadAddress"/> and linked to run there. The fields are read once, before anything of it runs.
/// Source: <c>docs/guests.md</c>, "Machine image".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct MachineImage
{
    /// <summary>The size of the header, bytes.</summary>
    public const int Size = 64;

    /// <summary>Where a program is loaded: the address of this header.</summary>
    public const uint LoadAddress = 0x40_0000;

    /// <summary>The most memory that a program may take from <see cref="LoadAddress"/> on, bytes.</summary>
    public const uint MaxMemoryBytes = 0x80_0000;

    /// <summary>The value of <see cref="Magic"/>: the bytes "VPII".</summary>
    [CName("VPIO_MACHINE_IMAGE_MAGIC")]
    public const uint MagicValue = 0x4949_5056;

    /// <summary>[GST] <see cref="MagicValue"/>.</summary>
    /// <remarks>Unit: none. Ordering: constant. Source: docs/guests.md, "Machine image".</remarks>
    [FieldOffset(0)]
    public uint Magic;

    /// <summary>[GST] The major version of the ABI that the program knows.</summary>
    /// <remarks>Unit: version number. Ordering: constant. Source: docs/guests.md, "Machine image".</remarks>
    [FieldOffset(4)]
    public ushort Major;

    /// <summary>[GST] The minor version of the ABI that the program knows.</summary>
    /// <remarks>Unit: version number. Ordering: constant. Source: docs/guests.md, "Machine image".</remarks>
    [FieldOffset(6)]
    public ushort Minor;

    /// <summary>[GST] How long the program is, with this header, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: constant. Source: docs/guests.md, "Machine image".</remarks>
    [FieldOffset(8)]
    public uint ImageBytes;

    /// <summary>[GST] How much memory it takes, with what is zero at its start and its stack, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: constant. Source: docs/guests.md, "Machine image".</remarks>
    [FieldOffset(12)]
    public uint MemoryBytes;

    /// <summary>[GST] Where it is entered.</summary>
    /// <remarks>Unit: address. Ordering: constant. Source: docs/guests.md, "Machine image".</remarks>
    [FieldOffset(16)]
    public ulong Entry;

    /// <summary>[GST] Where its stack ends, a multiple of 16; it is entered as by a call.</summary>
    /// <remarks>Unit: address. Ordering: constant. Source: docs/guests.md, "Machine image".</remarks>
    [FieldOffset(24)]
    public ulong StackTop;

    /// <summary>[GST] What a notification interrupts it with; 0: nothing does.</summary>
    /// <remarks>Unit: address. Ordering: constant. Source: docs/guests.md, "Machine image".</remarks>
    [FieldOffset(32)]
    public ulong UpcallHandler;

    /// <summary>[GST] Reserved, zero.</summary>
    [FieldOffset(40), Elements((Size - 40) / sizeof(ulong))]
    private readonly ulong _reserved;
}
