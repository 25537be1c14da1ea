using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

[AbiStruct]
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Request
{
    [FieldOffset(0)]
    public nuint Address; // VPIO2004: four bytes for a guest of 32 bits

    [FieldOffset(8)]
    public ulong Length;
}
