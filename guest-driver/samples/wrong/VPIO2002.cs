using Vpio.Abi.Layout;

[AbiStruct]
internal struct Request // VPIO2002: where the fields lie is left to the compiler
{
    public uint Length;
    public uint Flags;
}
