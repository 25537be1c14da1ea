using System.Text;

namespace Vpio.Abi.Tests.Views;

/// <summary>Holds the two pages as they lie in memory (docs/abi.md, "Device page", "Guest page").</summary>
[TestFixture]
internal sealed class PageTests
{
    [Test]
    public void TheMagicOfTheDevicePageReadsVpio()
    {
        using PageMemory memory = new();
        memory.DevicePage.Header.Magic = DevicePageHeader.MagicValue;
        Assert.That(Encoding.ASCII.GetString(memory.Bytes[..4]), Is.EqualTo("VPIO"));
    }

    [Test]
    public void TheMagicOfTheGuestPageReadsVpig()
    {
        using PageMemory memory = new();
        memory.GuestPage.Header.Magic = GuestPageHeader.MagicValue;
        Assert.That(Encoding.ASCII.GetString(memory.Bytes[..4]), Is.EqualTo("VPIG"));
    }

    [Test]
    public void SlotNLies64BytesAfterTheOneBeforeBehindTheHeader()
    {
        using PageMemory memory = new();
        for (uint n = 0; n < 63; n++)
        {
            DevicePage.WritableSlot(ref memory.DevicePage, new DeviceIndex(n)).State = 0x1122_3344_5566_7700UL + n;
            Assert.That(BitConverter.ToUInt64(memory.Bytes[(64 + (64 * (int)n))..]), Is.EqualTo(0x1122_3344_5566_7700UL + n));
        }
    }

    [Test]
    public void TheEventsOfDeviceNAreWordNFromByte128()
    {
        using PageMemory memory = new();
        for (uint n = 0; n < 63; n++)
        {
            GuestPage.Events(ref memory.GuestPage, new DeviceIndex(n)) = 0xE000_0000u + n;
            Assert.That(BitConverter.ToUInt32(memory.Bytes[(128 + (4 * (int)n))..]), Is.EqualTo(0xE000_0000u + n));
        }
    }

    [TestCase(63u)]
    [TestCase(64u)]
    [TestCase(0x8000_0000u)]
    [TestCase(uint.MaxValue)]
    public void ASlotThatDoesNotExistIsRefused(uint device)
    {
        using PageMemory memory = new();
        Assert.That(() => DevicePage.Slot(in memory.DevicePage, new DeviceIndex(device)).State, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => DevicePage.WritableSlot(ref memory.DevicePage, new DeviceIndex(device)).State, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => GuestPage.Events(ref memory.GuestPage, new DeviceIndex(device)), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void TheStateIsReadThroughAReadOnlyMapping()
    {
        using MappedPage page = new();
        DeviceIndex last = new(62);
        StateWord word = new(DeviceState.Revoking, new DomainId(9), new Generation(77));
        page.Write(64 + (62 * 64), word.Value);
        Assert.That(DeviceSlot.ReadState(in DevicePage.Slot(in page.ReadOnly, last)), Is.EqualTo(word));
        page.Write(64 + (62 * 64), word.With(DeviceState.Reclaiming).Value);
        Assert.That(DeviceSlot.ReadState(in DevicePage.Slot(in page.ReadOnly, last)), Is.EqualTo(word.With(DeviceState.Reclaiming)));
    }
}
