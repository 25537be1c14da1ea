using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Conformance.Cases;

/// <summary>Has guests grab, queue, cancel and release while nobody is asked to stop.</summary>
internal static class OwnershipCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("a-grab-of-a-free-device-owns-it-without-a-slice", "Operations, grab", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            (DeviceStatus status, GrabArgs answer) = hand.Grab();
            Expect.Equal(status, DeviceStatus.Ok, "the answer");
            Expect.Equal(answer.SliceEndNs, 0UL, "the end of a slice that nobody waits for");
            Expect.That(hand.Holds, "the word does not name the owner");
        }),
        new("a-grab-of-what-another-owns-is-busy", "Operations, grab", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            hands[0].Take();
            Expect.Equal(hands[1].Grab().Status, DeviceStatus.Busy, "the answer");
            Expect.That(hands[0].Holds, "the owner lost the device by another's grab");
        }),
        new("who-owns-the-device-owns-it-already", "Operations, grab", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            hand.Take();
            Expect.Equal(hand.Grab().Status, DeviceStatus.Exists, "the answer to a second grab");
            Expect.Equal(hand.Grab(queue: true).Status, DeviceStatus.Exists, "the answer to a second grab that queues");
        }),
        new("who-queues-is-granted-at-the-release", "Rule 3", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            ulong generation = hands[0].Take();
            hands[1].Queue();
            Expect.Equal(hands[1].Grab(queue: true).Status, DeviceStatus.Queued, "the answer to who queues already");
            Expect.Equal(hands[0].Release(generation), DeviceStatus.Ok, "the answer to the release");
            Expect.Soon(() => hands[1].Holds, "the device did not come to who queued");
            Expect.That((hands[1].TakeEvents() & DeviceEvents.Granted) != 0, "no GRANTED came with the grant");
        }),
        new("every-grant-is-a-new-generation-and-they-only-grow", "Rule 1", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            ulong last = 0;
            for (int i = 0; i < 20; i++)
            {
                ulong generation = hands[i % 2].Take();
                Expect.That(generation > last, $"generation {generation} follows {last}");
                last = generation;
                hands[i % 2].Release(generation);
            }
        }),
        new("a-release-in-another-generation-changes-nothing", "Rule 2; Operations, release", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong generation = hand.Take();
            foreach (ulong other in (ulong[])[0, generation - 1, generation + 1, generation | 1UL << 40, ulong.MaxValue])
                Expect.Equal(hand.Release(other), DeviceStatus.NotOwner, $"the answer to a release of generation {other} in {generation}");
            Expect.That(hand.Holds, "a release in another generation took effect");
        }),
        new("nobody-releases-what-another-owns", "Rule 2", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            ulong generation = hands[0].Take();
            Expect.Equal(hands[1].Release(generation), DeviceStatus.NotOwner, "the answer");
            Expect.That(hands[0].Holds, "another's release took effect");
        }),
        new("a-release-happens-once", "Rule 2", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            ulong generation = hand.Take();
            Expect.Equal(hand.Release(generation), DeviceStatus.Ok, "the answer to the first");
            Expect.Equal(hand.Release(generation), DeviceStatus.NotOwner, "the answer to the second");
        }),
        new("a-released-device-is-free", "The state word", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            hand.Release(hand.Take());
            Expect.Equal(hand.Word.State, DeviceState.Free, "the state");
            Expect.Equal(hand.Word.Owner, DomainId.Invalid, "the owner");
        }),
        new("who-cancels-waits-no-more-and-gets-no-grant", "Rule 9", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            ulong generation = hands[0].Take();
            hands[1].Queue();
            Expect.Equal(hands[1].Cancel(), DeviceStatus.Ok, "the answer to the cancel");
            hands[0].Release(generation);
            Expect.Equal(hands[0].Word.State, DeviceState.Free, "the state when the only waiter had left");
        }),
        new("who-does-not-wait-has-nothing-to-cancel", "Operations, cancel", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            Expect.Equal(hand.Cancel(), DeviceStatus.NotFound, "the answer");
        }),
        new("a-cancel-after-the-grant-says-so", "Rule 9", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            ulong generation = hands[0].Take();
            hands[1].Queue();
            hands[0].Release(generation);
            Expect.Equal(hands[1].Cancel(), DeviceStatus.Exists, "the answer");
            Expect.Soon(() => hands[1].Holds, "the grant that came first is not there");
        }),
        new("a-grab-never-passes-a-waiter", "Rule 3", scene =>
        {
            Hand[] hands = Quiet(scene, 3);
            ulong generation = hands[0].Take();
            hands[1].Queue();
            hands[0].Release(generation);
            Expect.Equal(hands[2].Grab().Status, DeviceStatus.Busy, "the answer to a grab right after the release");
            Expect.Soon(() => hands[1].Holds, "the waiter did not get the device");
        }),
        new("waiters-are-granted-in-turn-each-once", "Rule 4", scene =>
        {
            Hand[] hands = Quiet(scene, 5);
            hands[0].Take();
            List<ushort> order = [];
            Hand owner = hands[0];
            for (int i = 0; i < 12; i++)
            {
                foreach (Hand hand in hands.Where(hand => hand != owner))
                    hand.Grab(queue: true);
                owner.Release();
                Expect.Soon(() => Array.Exists(hands, hand => hand.Holds && hand != owner), "nobody got the device while all waited");
                owner = Array.Find(hands, hand => hand.Holds)!;
                order.Add(owner.Guest.Id.Value);
            }

            for (int i = 0; i + 5 <= order.Count; i++)
                Expect.Equal(order.Skip(i).Take(5).Distinct().Count(), 5, $"the number of guests in five grants of {string.Join(", ", order)}");
        }),
        new("the-slot-counts-its-waiters", "Device slot", scene =>
        {
            Hand[] hands = Quiet(scene, 3);
            hands[0].Take();
            hands[1].Queue();
            hands[2].Queue();
            Expect.Equal(hands[0].Slot(24, 4), 2UL, "the waiters in the slot");
            hands[1].Cancel();
            Expect.Equal(hands[0].Slot(24, 4), 1UL, "the waiters after one has left");
        }),
        new("get-state-hides-who-else-owns-the-device", "Operations, get_state", scene =>
        {
            Hand[] hands = Quiet(scene, 2);
            ulong generation = hands[0].Take();
            Expect.Equal(new StateWord(hands[0].GetState().Answer.State), new StateWord(DeviceState.Owned, hands[0].Guest.Id, new Generation(generation)), "what the owner is told");
            StateWord told = new(hands[1].GetState().Answer.State);
            Expect.Equal(told.State, DeviceState.Owned, "the state that another is told");
            Expect.Equal(told.Owner, DomainId.Invalid, "the owner that another is told");
        }),
        new("query-describes-the-device-and-its-use", "Operations, query", scene =>
        {
            Hand hand = scene.Guests(1)[0];
            scene.Domain0.SetTerms(hand.Device, TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(2), detaches: false);
            hand.Release(hand.Take());
            (DeviceStatus status, QueryArgs answer) = hand.Query();
            Expect.Equal(status, DeviceStatus.Ok, "the answer");
            Expect.Equal(answer.Class, (uint)DeviceClass.Network, "the class");
            Expect.Equal(answer.MacAddress, hand.Address.Value, "the address");
            Expect.Equal(answer.SliceNs, 3_000_000UL, "the slice");
            Expect.Equal(answer.GraceNs, 2_000_000UL, "the grace");
            Expect.Equal(answer.Weight, 1U, "the weight");
            Expect.Equal(answer.Grants, 1UL, "the grants");
            Expect.That(answer.OwnedNs > 0, "an ownership that ended took no time");
        }),
        new("two-devices-are-owned-apart", "Rule 1", scene =>
        {
            DeviceIndex first = scene.Nic();
            DeviceIndex second = scene.Nic();
            Hand hand = scene.Guest(first);
            scene.Domain0.Assign(hand.Guest, second, hand.Address);
            Hand other = new(hand.Guest, second, hand.Address);
            hand.Take();
            other.Take();
            Expect.That(hand.Holds && other.Holds, "a guest cannot own two devices");
            hand.Release();
            Expect.That(other.Holds, "the release of one device gave the other back");
        }),
    ];

    private static Hand[] Quiet(Scene scene, int count)
    {
        Hand[] hands = scene.Guests(count);
        scene.LetNobodyBeAsked(hands[0].Device);
        return hands;
    }
}
