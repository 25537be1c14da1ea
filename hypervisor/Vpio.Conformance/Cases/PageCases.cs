using Vpio.Abi;

namespace Vpio.Conformance.Cases;

/// <summary>Has guests read their pages.</summary>
internal static class PageCases
{
    private const uint ClassOffset = 28;

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("the-device-page-begins-with-magic-version-and-sizes", "V1, G3", scene =>
        {
            ITestGuest guest = scene.Guests(1)[0].Guest;
            Expect.Equal(guest.Read(GuestSpace.DevicePage, 0, 4), DevicePageHeader.MagicValue, "the magic of the device page");
            Expect.Equal(guest.Read(GuestSpace.DevicePage, 4, 2), VpioVersion.Major, "the major version of the device page");
            Expect.Equal(guest.Read(GuestSpace.DevicePage, 16, 4), 4096UL, "the size of the device page");
            Expect.Equal(guest.Read(GuestSpace.DevicePage, 20, 4), 64UL, "the size of a slot");
            Expect.Equal(guest.Read(GuestSpace.DevicePage, 24, 4), 63UL, "the number of slots");
        }),
        new("the-guest-page-begins-with-magic-version-and-domain-id", "V1", scene =>
        {
            ITestGuest guest = scene.Guests(1)[0].Guest;
            Expect.Equal(guest.Read(GuestSpace.GuestPage, 0, 4), GuestPageHeader.MagicValue, "the magic of the guest page");
            Expect.Equal(guest.Read(GuestSpace.GuestPage, 4, 2), VpioVersion.Major, "the major version of the guest page");
            Expect.Equal(guest.Read(GuestSpace.GuestPage, 8, 2), guest.Id.Value, "the domain id in the guest page");
        }),
        new("reserved-bytes-of-both-pages-are-zero", "G1", scene =>
        {
            ITestGuest guest = scene.Guests(1)[0].Guest;
            foreach (ulong at in (ulong[])[40, 48, 56, 64 + 56, 64 + (62 * 64) + 56])
                Expect.Equal(guest.Read(GuestSpace.DevicePage, at, 8), 0UL, $"the reserved word of the device page at {at}");
            foreach (ulong at in (ulong[])[24, 32, 40, 48, 56, 104, 112, 120, 384, 4088])
                Expect.Equal(guest.Read(GuestSpace.GuestPage, at, 8), 0UL, $"the reserved word of the guest page at {at}");
        }),
        new("the-epoch-is-the-same-in-both-pages-and-the-answer", "E1", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong epoch = hand.Guest.Read(GuestSpace.DevicePage, 32, 8);
            Expect.That(epoch != 0, "the epoch of the device page is zero");
            Expect.Equal(hand.Guest.Read(GuestSpace.GuestPage, 16, 8), epoch, "the epoch of the guest page");
            Expect.Equal(hand.Negotiate().Answer.Epoch, epoch, "the epoch that negotiate answers");
        }),
        new("a-slot-with-a-device-shows-its-class-and-a-free-word", "The state word; Device classes", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Word.State, DeviceState.Free, "the state of a new device");
            Expect.Equal(hand.Word.Owner, DomainId.Invalid, "the owner of a new device");
            Expect.Equal(hand.Slot(ClassOffset, 4), (ulong)DeviceClass.Network, "the class of a network device");
            Expect.Equal(hand.Guest.Read(GuestSpace.DevicePage, 28, 4), 1UL, "the number of devices");
        }),
        new("an-unused-slot-is-offline-and-has-no-owner", "Device page", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Hand other = new(hand.Guest, new DeviceIndex(62), default);
            Expect.Equal(other.Word.State, DeviceState.Offline, "the state of an unused slot");
            Expect.Equal(other.Word.Owner, DomainId.Invalid, "the owner of an unused slot");
        }),
        new("the-word-shows-owner-and-generation-of-a-grab", "The state word", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong generation = hand.Take();
            Expect.Equal(hand.Word, new StateWord(DeviceState.Owned, hand.Guest.Id, new Generation(generation)), "the word of an owned device");
        }),
        new("a-slot-counts-its-grants", "Device slot", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong before = hand.Slot(32, 8);
            hand.Release(hand.Take());
            hand.Take();
            Expect.Equal(hand.Slot(32, 8), before + 2, "the grants in the slot after two");
        }),
        new("a-guest-cannot-change-the-device-page", "Who may write what", scene =>
        {
            Hand[] hands = scene.Guests(2);
            Expect.Applicable(hands[0].Guest.MayFault, "the guest is in the process of the suite, which would fault");
            ulong[] before = Page(hands[1].Guest);
            foreach (ulong at in (ulong[])[0, 28, 64, 64 + (62 * 64), 4088])
            {
                try
                {
                    hands[0].Guest.Write(GuestSpace.DevicePage, at, 4, 0xDEAD_BEEF);
                }
                catch (GuestGoneException)
                {
                    break; // It may be the end of a guest to try.
                }
            }

            Expect.That(Page(hands[1].Guest).SequenceEqual(before), "the device page changed when a guest wrote it");
        }),
    ];

    private static ulong[] Page(ITestGuest guest) => [.. Enumerable.Range(0, 512).Select(i => guest.Read(GuestSpace.DevicePage, (ulong)i * 8, 8))];
}
