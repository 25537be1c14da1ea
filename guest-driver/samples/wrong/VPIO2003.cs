using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

[AbiStruct]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Request
{
    [FieldOffset(0)]
    public uint Length;

    [FieldOffset(4)]
    public ulong Address; // VPIO2003: at no multiple of 8: a C compiler puts it at 8

    [FieldOffset(12)]
    public uint Flags;
}
