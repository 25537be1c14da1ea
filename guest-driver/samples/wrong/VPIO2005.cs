using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

/// <summary>What a plotter's page was when it was shipped is in VPIO2005/Abi.Shipped.txt.</summary>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct PlotterPage
{
    [FieldOffset(0)]
    public ulong Epoch;

    [FieldOffset(8)]
    public uint PenDown; // VPIO2005: guests that were built before find X here

    [FieldOffset(12)]
    public uint X; // VPIO2005: and nothing that they know here
}
