using Vpio.Abi;

namespace Vpio.Conformance.Cases;

/// <summary>Ends guests and devices in the middle of what they do.</summary>
internal static class EndCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("a-stopped-guest-gives-back-what-it-holds", "Rule 8", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            hands[0].Take();
            hands[1].Queue();
            scene.Domain0.Stop(hands[0].Guest);
            Expect.Soon(() => hands[1].Holds, "the device did not come to who waited");
            Expect.Equal(hands[1].Slot(48, 8), 0UL, "the revocations before a stopped guest gave its device back");
        }),
        new("a-stopped-guest-leaves-the-queue", "Rule 8", scene =>
        {
            Hand[] hands = Quiet(scene, 3);
            ulong generation = hands[0].Take();
            hands[1].Queue();
            hands[2].Queue();
            scene.Domain0.Stop(hands[1].Guest);
            hands[0].Release(generation);
            Expect.Soon(() => hands[2].Holds, "the device did not come to the waiter that was not stopped");
            Expect.Equal(hands[2].Slot(48, 8), 0UL, "the revocations before the device came to the only waiter");
            hands[2].Release();
            Expect.Equal(hands[2].Word.State, DeviceState.Free, "the state when nobody waits any more");
        }),
        new("every-call-of-a-stopped-guest-is-refused", "Results, EACCES", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            scene.Domain0.Stop(hand.Guest);
            Expect.That(RevocationCases.IsDenied(() => hand.Grab().Status), "a grab of a stopped guest was served");
            Expect.That(RevocationCases.IsDenied(() => hand.Negotiate().Status), "a negotiation of a stopped guest was served");
            Expect.That(RevocationCases.IsDenied(() => hand.Wait(TimeSpan.Zero)), "a wait of a stopped guest was served");
        }),
        new("a-stop-ends-a-sleep", "Rule 8", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Task<bool> wait = Task.Run(() => RevocationCases.IsDenied(() => hand.Wait(TimeSpan.FromSeconds(60))));
            scene.Domain0.Stop(hand.Guest);
            Expect.That(Expect.Ended(wait, "the sleep of a stopped guest did not end"), "the sleep of a stopped guest ended as if it went on");
        }),
        new("a-removed-guest-leaves-nothing-behind", "Rule 8", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            hands[0].Take();
            scene.Domain0.Remove(hands[0].Guest);
            Expect.Equal(hands[1].Word.State, DeviceState.Free, "the state after its owner was removed");
            hands[1].Take();
        }),
        new("the-next-guest-with-an-id-has-nothing-of-the-former", "Rule 8", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            ulong generation = hands[0].Take();
            hands[0].Map(0x10_0000, 0, 4096);
            scene.Domain0.Remove(hands[0].Guest);
            Hand next = scene.Guest(hands[1].Device);
            Expect.That(!next.Holds, "the next guest owns what the former owned");
            Expect.Equal(next.Release(generation), DeviceStatus.NotOwner, "the answer to a release in the former's generation");
            Expect.Equal(next.Map(0x10_0000, 0, 4096), DeviceStatus.Ok, "the answer to a mapping where the former had one");
            Expect.Equal(next.Events, DeviceEvents.None, "the events of the next guest");
        }),
        new("an-unplug-takes-the-device-from-everybody-and-tells-them", "Rule 10", scene =>
        {
            Hand[] hands = Quiet(scene, 3);
            hands[0].Take();
            hands[1].Queue();
            foreach (Hand hand in hands)
                hand.TakeEvents();
            scene.Domain0.Unplug(hands[0].Device);
            Expect.Equal(hands[0].Word.State, DeviceState.Offline, "the state of an unplugged device");
            foreach (Hand hand in hands)
            {
                Expect.Soon(() => (hand.Events & DeviceEvents.Removed) != 0, "no REMOVED came");
                Expect.Equal(hand.Grab().Status, DeviceStatus.NoDevice, "the answer to a grab of an unplugged device");
            }
        }),
        new("generations-go-on-in-a-slot-that-gets-another-device", "Rule 10", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong before = hand.Take();
            scene.Domain0.Unplug(hand.Device);
            Expect.Equal(scene.Nic(), hand.Device, "the slot of the next device");
            Hand next = scene.Guest(hand.Device);
            Expect.That(next.Take() > before, "the generations began anew");
        }),
    ];

    private static Hand[] Quiet(Scene scene, int count)
    {
        Hand[] hands = scene.Guests(count);
        scene.LetNobodyBeAsked(hands[0].Device);
        return hands;
    }
}
