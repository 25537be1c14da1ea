using Vpio.Abi;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Lists the operations with inputs that are valid for device 0 and with the input bits that have a meaning, by hand from docs/abi.md, "The hypercall".</summary>
internal sealed record OperationTable(DeviceOp Operation, ulong[] Inputs, ulong[] KnownBits, int OutputBytes)
{
    private const ulong Word = 0xFFFF_FFFF_FFFF_FFFF;
    private const ulong HalfWord = 0xFFFF_FFFF;

    public static readonly OperationTable[] All =
    [
        new(DeviceOp.Negotiate, [0x0000_0001, 0], [HalfWord, Word], 32),
        new(DeviceOp.GetState, [0], [HalfWord], 20),
        new(DeviceOp.Grab, [0], [HalfWord | (1UL << 32)], 20),
        new(DeviceOp.Release, [0, 1], [HalfWord, Word], 0),
        new(DeviceOp.Cancel, [0], [HalfWord], 0),
        new(DeviceOp.Query, [0], [HalfWord], 96),
        new(DeviceOp.Map, [0x10_0000, 0x1000, 0x1000, 3], [Word, Word, Word, 3], 0),
        new(DeviceOp.Unmap, [0x20_0000, 0x1000], [Word, Word], 0),
        new(DeviceOp.Wait, [0], [Word], 0),
    ];

    /// <summary>Gets the bits of the inputs that must be zero.</summary>
    public IEnumerable<int> ReservedBits =>
        Enumerable.Range(0, 256).Where(bit => bit / 64 >= KnownBits.Length || (KnownBits[bit / 64] >> (bit % 64) & 1) == 0);

    public bool TakesDevice => Operation is DeviceOp.GetState or DeviceOp.Grab or DeviceOp.Release or DeviceOp.Cancel or DeviceOp.Query;

    public override string ToString() => Operation.ToString();
}
