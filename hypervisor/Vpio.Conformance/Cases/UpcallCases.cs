using Vpio.Abi;

namespace Vpio.Conformance.Cases;

/// <summary>Has guests take upcalls, and sleep for them.</summary>
internal static class UpcallCases
{
    private const ulong Pending = 64;
    private const ulong Mask = 65;
    private const ulong NotifySequence = 68;
    private const ulong Selector = 72;

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("an-event-sets-its-bit-the-selector-and-pending", "Upcall order", scene =>
        {
            Hand waiter = Granted(scene);
            Expect.Soon(() => waiter.Guest.Read(GuestSpace.GuestPage, Pending, 1) == 1, "pending is not set");
            Expect.That((waiter.Guest.Read(GuestSpace.GuestPage, Selector, 8) >> (int)waiter.Device.Value & 1) != 0, "the selector does not name the device");
            Expect.That((waiter.Events & DeviceEvents.Granted) != 0, "GRANTED is not set");
        }),
        new("an-unmasked-event-moves-the-notify-sequence-on", "Upcall order", scene =>
        {
            Hand waiter = Granted(scene, out ulong before);
            Expect.Soon(() => waiter.Guest.Read(GuestSpace.GuestPage, NotifySequence, 4) != before, "the notify sequence stands still");
        }),
        new("a-masked-event-gathers-and-notifies-nobody", "Upcall order", scene =>
        {
            Hand[] hands = Pair(scene);
            hands[1].Guest.Write(GuestSpace.GuestPage, Mask, 1, 1);
            ulong before = hands[1].Guest.Read(GuestSpace.GuestPage, NotifySequence, 4);
            hands[0].Release();
            Expect.Soon(() => (hands[1].Events & DeviceEvents.Granted) != 0, "GRANTED did not gather");
            Expect.Equal(hands[1].Guest.Read(GuestSpace.GuestPage, NotifySequence, 4), before, "the notify sequence of a masked guest");
        }),
        new("a-wait-ends-at-once-when-an-upcall-is-pending", "Operations, wait", scene =>
        {
            Hand waiter = Granted(scene);
            Expect.Soon(() => waiter.Guest.Read(GuestSpace.GuestPage, Pending, 1) == 1, "pending is not set");
            Expect.Equal(waiter.Wait(TimeSpan.FromSeconds(60)), DeviceStatus.Ok, "the answer to a wait");
        }),
        new("a-wait-unmasks-first", "U1", scene =>
        {
            Hand[] hands = Pair(scene);
            hands[1].Guest.Write(GuestSpace.GuestPage, Mask, 1, 1);
            hands[0].Release();
            Expect.Equal(hands[1].Wait(TimeSpan.FromSeconds(60)), DeviceStatus.Ok, "the answer to a wait after a masked event");
            Expect.Equal(hands[1].Guest.Read(GuestSpace.GuestPage, Mask, 1), 0UL, "the mask after a wait");
        }),
        new("a-wait-for-no-time-or-some-is-over-then", "Operations, wait", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Wait(TimeSpan.Zero), DeviceStatus.TimedOut, "the answer to a wait for no time");
            Expect.Equal(hand.Wait(TimeSpan.FromMilliseconds(2)), DeviceStatus.TimedOut, "the answer to a wait for 2 ms");
        }),
        new("an-event-ends-a-wait", "Operations, wait", scene =>
        {
            Hand[] hands = Pair(scene);
            Task<DeviceStatus> wait = Task.Run(() => hands[1].Wait(TimeSpan.FromSeconds(60)));
            hands[0].Release();
            Expect.Equal(Expect.Ended(wait, "the wait of a guest that was granted the device did not end"), DeviceStatus.Ok, "the answer to the wait");
        }),
        new("a-guest-that-scribbles-on-its-page-loses-only-its-own", "P1, U2", scene =>
        {
            Hand[] hands = Pair(scene);
            for (ulong at = 0; at < 512; at += 8)
                hands[1].Guest.Write(GuestSpace.GuestPage, at, 8, 0xFFFF_FFFF_FFFF_FFFF);
            hands[0].Release();
            Expect.Soon(() => hands[1].Holds, "the device did not come to who queued and then scribbled on its page");
            Expect.Equal(hands[1].Release(), DeviceStatus.Ok, "the answer to its release");
            hands[0].Take();
        }),
    ];

    private static Hand[] Pair(Scene scene)
    {
        Hand[] hands = scene.Guests(2);
        scene.LetNobodyBeAsked(hands[0].Device);
        hands[0].Take();
        hands[1].Queue();
        hands[1].TakeEvents();
        return hands;
    }

    private static Hand Granted(Scene scene) => Granted(scene, out _);

    private static Hand Granted(Scene scene, out ulong sequenceBefore)
    {
        Hand[] hands = Pair(scene);
        sequenceBefore = hands[1].Guest.Read(GuestSpace.GuestPage, NotifySequence, 4);
        hands[0].Release();
        Expect.Soon(() => hands[1].Holds, "the device did not come to who queued");
        return hands[1];
    }
}
