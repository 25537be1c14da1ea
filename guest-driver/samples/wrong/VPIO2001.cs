using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

[AbiStruct]
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct Request
{
    [FieldOffset(0)]
    public uint Length;

    [FieldOffset(4)]
    public bool Urgent; // VPIO2001: one byte here, four in another language, and more than two values

    [FieldOffset(5)]
    public byte Reserved0;

    [FieldOffset(6)]
    public ushort Reserved1;
}
