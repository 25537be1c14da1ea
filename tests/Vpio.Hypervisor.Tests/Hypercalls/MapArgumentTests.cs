using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Holds what may be mapped and unmapped (docs/abi.md, "DMA").</summary>
[TestFixture]
internal sealed class MapArgumentTests
{
    private const ulong Page = 4096;
    private const ulong MemoryBytes = 4 * 1024 * 1024;
    private const ulong Both = 3;
    private const ulong Highest = 0xFFFF_FFFF_FFFF_F000;

    private static readonly ulong[] NoWholePages = [1, 8, 2048, 4095, 4097, 0x8000_0000_0000_0001];

    private static readonly (ulong Address, ulong Length)[] BeyondMemory =
    [
        (MemoryBytes, Page), (MemoryBytes - Page, 2 * Page), (0, MemoryBytes + Page), (Highest, Page), (Highest, 2 * Page),
        (Page, Highest), (0, Highest), (0x8000_0000_0000_0000, 0x8000_0000_0000_0000),
    ];

    private World _world = null!;
    private RawGuest _guest = null!;

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 2);
        _guest = _world.Guests[0];
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ARangeIsWholePages([ValueSource(nameof(NoWholePages))] ulong odd)
    {
        Assert.That(Map(odd, 0, Page), Is.EqualTo(DeviceStatus.Invalid));
        Assert.That(Map(0, odd, Page), Is.EqualTo(DeviceStatus.Invalid));
        Assert.That(Map(0, 0, odd), Is.EqualTo(DeviceStatus.Invalid));
        AssertNothingMapped();
    }

    [Test]
    public void ARangeIsNotEmpty() => Assert.That(Map(0, 0, 0), Is.EqualTo(DeviceStatus.Invalid));

    [Test]
    public void ARangeLiesWithinTheGuestsMemory([ValueSource(nameof(BeyondMemory))] (ulong Address, ulong Length) range)
    {
        Assert.That(Map(0, range.Address, range.Length), Is.EqualTo(DeviceStatus.Invalid));
        AssertNothingMapped();
    }

    [TestCase(Highest, Page)]
    [TestCase(Highest, 2 * Page)]
    [TestCase(Highest - Page, 2 * Page)]
    [TestCase(ulong.MaxValue - MemoryBytes + 1, MemoryBytes)]
    public void ARangeDoesNotReachTheEndOfTheDevicesAddresses(ulong iova, ulong length) =>
        Assert.That(Map(iova, 0, length), Is.EqualTo(DeviceStatus.Invalid));

    [TestCase(0UL, 0UL, MemoryBytes)]
    [TestCase(Highest - Page, MemoryBytes - Page, Page)]
    [TestCase(Page, 0UL, Page)]
    public void ARangeAtTheBordersIsGood(ulong iova, ulong address, ulong length) =>
        Assert.That(Map(iova, address, length), Is.EqualTo(DeviceStatus.Ok));

    [Test]
    public void AccessIsReadOrWriteOrBothAndNothingElse()
    {
        Assert.That(Map(0, 0, Page, access: 0), Is.EqualTo(DeviceStatus.Invalid));
        for (int bit = 2; bit < 64; bit++)
            Assert.That(Map(0, 0, Page, Both | (1UL << bit)), Is.EqualTo(DeviceStatus.Invalid), $"bit {bit}");
        AssertNothingMapped();
        for (ulong access = 1; access <= 3; access++)
            Assert.That(Map(access * Page, 0, Page, access), Is.EqualTo(DeviceStatus.Ok));
    }

    [TestCase(10, 4, TestName = "The same range")]
    [TestCase(9, 2, TestName = "Over the beginning")]
    [TestCase(13, 2, TestName = "Over the end")]
    [TestCase(11, 2, TestName = "Within")]
    [TestCase(8, 8, TestName = "Around")]
    [TestCase(10, 1, TestName = "The first page")]
    [TestCase(13, 1, TestName = "The last page")]
    [TestCase(5, 20, TestName = "Around this one and the next")]
    public void AnOverlapExists(int firstPage, int pages)
    {
        Map(10 * Page, 0, 4 * Page);
        Map(20 * Page, 0, 2 * Page);
        Assert.That(Map((ulong)firstPage * Page, 0, (ulong)pages * Page), Is.EqualTo(DeviceStatus.Exists));
        Assert.That(Map(14 * Page, 0, 6 * Page), Is.EqualTo(DeviceStatus.Ok), "between the two is room");
        Assert.That(Map(9 * Page, 0, Page), Is.EqualTo(DeviceStatus.Ok), "before the first is room");
    }

    [Test]
    public void TheSameMemoryMayBeMappedTwiceAndByTwoGuests()
    {
        Assert.That(Map(0, 0, Page), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(Map(Page, 0, Page), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_world.Guests[1].Port.Call(DeviceOp.Map, 0, 0, Page, Both), Is.EqualTo(DeviceStatus.Ok), "each guest has addresses of its own");
    }

    [Test]
    public void AGuestHas4096MappingsAndAfterAnUnmapOneMore()
    {
        for (ulong i = 0; i < 4096; i++)
            Assert.That(Map(2 * i * Page, 0, Page), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(Map(2 * 4096 * Page, 0, Page), Is.EqualTo(DeviceStatus.NoMemory));
        Assert.That(_world.Guests[1].Port.Call(DeviceOp.Map, 0, 0, Page, Both), Is.EqualTo(DeviceStatus.Ok), "the limit is each guest's own");
        Assert.That(Unmap(1234 * 2 * Page, Page), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(Map(2 * 4096 * Page, 0, Page), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(Map(3 * 4096 * Page, 0, Page), Is.EqualTo(DeviceStatus.NoMemory));
    }

    [TestCase(10, 3, TestName = "A part from the beginning")]
    [TestCase(11, 3, TestName = "A part to the end")]
    [TestCase(10, 5, TestName = "More than it")]
    [TestCase(9, 5, TestName = "From before it")]
    [TestCase(10, 6, TestName = "It and the next")]
    [TestCase(10, 0, TestName = "Nothing of it")]
    [TestCase(30, 1, TestName = "What is not mapped")]
    public void UnmapTakesOutNothingButAWholeMapping(int firstPage, int pages)
    {
        Map(10 * Page, 0, 4 * Page);
        Map(14 * Page, 0, 2 * Page);
        Assert.That(Unmap((ulong)firstPage * Page, (ulong)pages * Page), Is.EqualTo(DeviceStatus.NotFound));
        Assert.That(Unmap(10 * Page, 4 * Page), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(Unmap(10 * Page, 4 * Page), Is.EqualTo(DeviceStatus.NotFound), "once");
        Assert.That(Unmap(14 * Page, 2 * Page), Is.EqualTo(DeviceStatus.Ok));
    }

    [TestCase(0UL, 0UL)]
    [TestCase(1UL, 1UL)]
    [TestCase(ulong.MaxValue, ulong.MaxValue)]
    [TestCase(Highest, Page)]
    [TestCase(0UL, ulong.MaxValue)]
    public void UnmapOfAnyNonsenseFindsNothing(ulong iova, ulong length)
    {
        Map(0, 0, Page);
        Assert.That(Unmap(iova, length), Is.EqualTo(DeviceStatus.NotFound));
    }

    private DeviceStatus Map(ulong iova, ulong address, ulong length, ulong access = Both) =>
        _guest.Port.Call(DeviceOp.Map, iova, address, length, access);

    private DeviceStatus Unmap(ulong iova, ulong length) => _guest.Port.Call(DeviceOp.Unmap, iova, length);

    private void AssertNothingMapped()
    {
        ulong before = _guest.Guest.DmaFaultCount;
        Assert.That(_guest.Guest.Iommu.TryTranslate(0, 1, DmaAccess.Read, out _), Is.False);
        Assert.That(_guest.Guest.DmaFaultCount, Is.EqualTo(before + 1));
    }
}
