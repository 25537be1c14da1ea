using System.Reflection;
using Vpio.Abi.Network;

namespace Vpio.Abi.Tests.Layout;

/// <summary>Holds the register file of the network device against a table written by hand (docs/nic.md, "Registers").</summary>
[TestFixture]
internal sealed class NicRegisterTests
{
    private const int CacheLine = 64;

    private static readonly (uint Offset, int Bytes, string Writer, string Name)[] Table =
    [
        (0x000, 4, "HV", "Identity"),
        (0x004, 4, "HV", "Status"),
        (0x008, 4, "HV", "Asleep"),
        (0x00c, 4, "HV", "MaxFrameBytes"),
        (0x010, 8, "HV", "MacAddress"),
        (0x018, 4, "HV", "MaxRingEntries"),
        (0x040, 4, "HV", "TxHead"),
        (0x044, 4, "HV", "RxHead"),
        (0x080, 8, "HV", "TxFrames"),
        (0x088, 8, "HV", "TxBytes"),
        (0x090, 8, "HV", "TxErrors"),
        (0x098, 8, "HV", "RxFrames"),
        (0x0a0, 8, "HV", "RxBytes"),
        (0x0a8, 8, "HV", "RxDropped"),
        (0x100, 4, "GST", "Control"),
        (0x104, 4, "GST", "InterruptArm"),
        (0x108, 8, "GST", "TxRingIova"),
        (0x110, 8, "GST", "RxRingIova"),
        (0x118, 4, "GST", "TxRingEntries"),
        (0x11c, 4, "GST", "RxRingEntries"),
        (0x140, 4, "GST", "TxTail"),
        (0x180, 4, "GST", "RxTail"),
    ];

    private static readonly (uint Value, string Name)[] Values =
    [
        (4096, "WindowBytes"),
        (0x0001_0001, "IdentityValue"),
        (1514, "MaxFrameBytesValue"),
        (14, "MinFrameBytesValue"),
        (4096, "MaxRingEntriesValue"),
    ];

    [Test]
    public void EveryRegisterIsWhereTheTableSays()
    {
        Dictionary<string, uint> declared = typeof(NicRegister)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(field => field.Name, field => (uint)field.GetRawConstantValue()!);
        Dictionary<string, uint> written = Table.Select(row => (row.Offset, row.Name)).Concat(Values).ToDictionary(row => row.Name, row => row.Item1);
        Assert.That(declared, Is.EquivalentTo(written));
    }

    [Test]
    public void EveryRegisterIsAlignedWithinTheWindowAndOverlapsNone()
    {
        uint end = 0;
        foreach (var (offset, bytes, _, name) in Table.OrderBy(row => row.Offset))
        {
            Assert.That(offset, Is.GreaterThanOrEqualTo(end), $"{name} overlaps the register before it");
            Assert.That(offset % bytes, Is.Zero, $"{name} is not aligned");
            end = offset + (uint)bytes;
        }

        Assert.That(end, Is.LessThanOrEqualTo(NicRegister.WindowBytes));
    }

    [Test]
    public void NoCacheLineHasTwoWriters()
    {
        foreach (var line in Table.GroupBy(row => row.Offset / CacheLine))
            Assert.That(line.Select(row => row.Writer).Distinct().Count(), Is.EqualTo(1), $"the line at 0x{line.Key * CacheLine:x3}");
    }

    [Test]
    public void EachDoorbellHasACacheLineToItself()
    {
        foreach (uint doorbell in new[] { NicRegister.TxTail, NicRegister.RxTail })
            Assert.That(Table.Count(row => row.Offset / CacheLine == doorbell / CacheLine), Is.EqualTo(1));
    }

    [Test]
    public void TheFlagsOfADescriptorAreBitsZeroAndOne()
    {
        Assert.That(NicDescriptor.Done, Is.EqualTo(1));
        Assert.That(NicDescriptor.Error, Is.EqualTo(2));
    }
}
