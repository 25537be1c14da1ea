using System.Runtime.InteropServices;

namespace Vpio.Abi.Description.Tests;

/// <summary>Reads the pages of version 1.0, stored as bytes, by the types of today. That must work in every version with the same major number.</summary>
internal sealed class PageImageTests
{
    [Test]
    public void TheDevicePageOfVersionOneIsReadByTodaysTypes()
    {
        byte[] image = File.ReadAllBytes(Tree.PathOf("tests/Vpio.Abi.Description.Tests/Images/device-page-1.0.bin"));
        ref DevicePage page = ref MemoryMarshal.AsRef<DevicePage>(image.AsSpan());
        Assert.That((page.Header.Magic, page.Header.Major, page.Header.Minor), Is.EqualTo((DevicePageHeader.MagicValue, (ushort)1, (ushort)0)));
        Assert.That((page.Header.PageSizeBytes, page.Header.SlotSizeBytes, page.Header.SlotCount, page.Header.DeviceCount), Is.EqualTo((4096u, 64u, 63u, 2u)));
        Assert.That(page.Header.Epoch, Is.EqualTo(0x1122334455667788));
        ref readonly DeviceSlot slot = ref DevicePage.Slot(in page, new DeviceIndex(0));
        Assert.That(DeviceSlot.ReadState(in slot), Is.EqualTo(new StateWord(DeviceState.Revoking, new DomainId(7), new Generation(0x12_3456_789A))));
        Assert.That((slot.SliceEndNs, slot.GraceEndNs, slot.Waiters, slot.DeviceClass), Is.EqualTo((1_000_000_001ul, 1_005_000_001ul, 3u, (uint)DeviceClass.Network)));
        Assert.That((slot.Grants, slot.ForcedStops, slot.Revocations), Is.EqualTo((41ul, 2ul, 17ul)));
        Assert.That(DeviceSlot.ReadState(in DevicePage.Slot(in page, new DeviceIndex(1))), Is.EqualTo(StateWord.Unused));
        Assert.That(DeviceSlot.ReadState(in DevicePage.Slot(in page, new DeviceIndex(62))).State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void TheGuestPageOfVersionOneIsReadByTodaysTypes()
    {
        byte[] image = File.ReadAllBytes(Tree.PathOf("tests/Vpio.Abi.Description.Tests/Images/guest-page-1.0.bin"));
        ref GuestPage page = ref MemoryMarshal.AsRef<GuestPage>(image.AsSpan());
        Assert.That((page.Header.Magic, page.Header.Major, page.Header.DomainId, page.Header.Epoch), Is.EqualTo((GuestPageHeader.MagicValue, (ushort)1, (ushort)7, 0x1122334455667788ul)));
        Assert.That((page.UpcallPending, page.UpcallMask, page.NotifySequence, page.PendingSelector), Is.EqualTo(((byte)1, (byte)0, 9u, (1ul << 62) | 1)));
        Assert.That((page.TscBase, page.NsBase, page.TscMul, page.TscShift), Is.EqualTo((100ul, 200ul, 300u, 4u)));
        Assert.That((DeviceEvents)GuestPage.Events(ref page, new DeviceIndex(0)), Is.EqualTo(DeviceEvents.Revoke | DeviceEvents.RxPending));
        Assert.That((DeviceEvents)GuestPage.Events(ref page, new DeviceIndex(62)), Is.EqualTo(DeviceEvents.Granted));
    }
}
