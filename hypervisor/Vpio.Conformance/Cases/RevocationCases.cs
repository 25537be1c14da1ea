using Vpio.Abi;

namespace Vpio.Conformance.Cases;

/// <summary>Has owners keep the device beyond their slice.</summary>
internal static class RevocationCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("nobody-is-asked-while-nobody-waits", "Rule 5", scene =>
        {
            Hand[] hands = scene.Guests(2);
            scene.AskSoon(hands[0].Device);
            hands[0].Take();
            hands[0].Wait(TimeSpan.FromMilliseconds(30));
            Expect.Equal(hands[0].Word.State, DeviceState.Owned, "the state thirty slices later");
            Expect.Equal(hands[0].Events & DeviceEvents.Revoke, DeviceEvents.None, "the REVOKE of an owner that nobody waits for");
        }),
        new("an-owner-that-others-wait-for-is-asked-at-the-end-of-its-slice", "Slice and grace", scene =>
        {
            Hand[] hands = scene.Guests(2);
            scene.AskSoon(hands[0].Device);
            ulong generation = hands[0].Take();
            hands[1].Queue();
            Expect.Soon(() => hands[0].Word.State == DeviceState.Revoking, "the owner was not asked");
            Expect.Soon(() => (hands[0].Events & DeviceEvents.Revoke) != 0, "no REVOKE came");
            Expect.Equal(hands[0].Word.Owner, hands[0].Guest.Id, "the owner that is asked");
            Expect.That(hands[0].Slot(16, 8) != 0, "the slot shows no end of the grace");
            Expect.Equal(hands[0].Release(generation), DeviceStatus.Ok, "the answer to a release in the grace");
            Expect.Soon(() => hands[1].Holds, "the device did not come to who waited");
        }),
        new("the-slot-shows-the-end-of-a-slice-that-somebody-waits-for", "Device slot", scene =>
        {
            Hand[] hands = scene.Guests(2);
            scene.LetNobodyBeAsked(hands[0].Device);
            hands[0].Take();
            Expect.Equal(hands[0].Slot(8, 8), 0UL, "the end of a slice that nobody waits for");
            hands[1].Queue();
            Expect.Soon(() => hands[0].Slot(8, 8) != 0, "the slot shows no end of the slice");
        }),
        new("the-slot-counts-revocations-and-forced-stops", "Device slot", scene =>
        {
            Hand[] hands = scene.Guests(2);
            scene.TakeSoon(hands[0].Device, detaches: true);
            hands[0].Take();
            hands[1].Queue();
            Expect.Soon(() => hands[1].Holds, "the device did not come to who waited");
            Expect.Equal(hands[1].Slot(48, 8), 1UL, "the revocations in the slot");
            Expect.Equal(hands[1].Slot(40, 8), 1UL, "the forced stops in the slot");
        }),
        new("an-owner-that-ignores-it-is-stopped-and-the-next-gets-the-device", "Rule 6; An owner that outlives its grace", scene =>
        {
            Hand[] hands = scene.Guests(2);
            scene.TakeSoon(hands[0].Device, detaches: false);
            ulong generation = hands[0].Take();
            hands[1].Queue();
            Expect.Soon(() => hands[1].Holds, "the device did not come to who waited");
            Expect.That(IsDenied(() => hands[0].Release(generation)), "the call of a stopped guest was served");
        }),
        new("with-the-policy-detach-only-the-device-is-gone", "An owner that outlives its grace", scene =>
        {
            Hand[] hands = scene.Guests(2);
            scene.TakeSoon(hands[0].Device, detaches: true);
            ulong generation = hands[0].Take();
            hands[1].Queue();
            Expect.Soon(() => hands[1].Holds, "the device did not come to who waited");
            Expect.Equal(hands[0].Release(generation), DeviceStatus.NotOwner, "the answer to a release that comes too late");
            Expect.Soon(() => (hands[0].Events & DeviceEvents.Reset) != 0, "no RESET came");
            Expect.Equal(hands[0].Grab(queue: true).Status, DeviceStatus.Queued, "the answer to its next grab");
        }),
        new("who-loses-the-device-three-times-is-quarantined", "An owner that outlives its grace", scene =>
        {
            Hand[] hands = scene.Guests(2);
            scene.TakeSoon(hands[0].Device, detaches: true);
            for (int i = 0; i < 3; i++)
            {
                hands[0].Grab(queue: true);
                Expect.Soon(() => hands[0].Holds, "a guest that lost the device does not get it again");
                hands[1].Queue();
                Expect.Soon(() => hands[1].Holds, "the device did not come to who waited");
                hands[1].Release();
            }

            Expect.Soon(() => hands[0].Grab().Status == DeviceStatus.Denied, "a guest that lost the device three times may grab it");
            Expect.Equal(hands[0].Negotiate().Status, DeviceStatus.Ok, "the answer to another call of a quarantined guest");
        }),
    ];

    /// <summary>Tells whether a call is refused: the guest may also have ended by being stopped.</summary>
    internal static bool IsDenied(Func<DeviceStatus> call)
    {
        try
        {
            return call() == DeviceStatus.Denied;
        }
        catch (GuestGoneException)
        {
            return true;
        }
    }
}
