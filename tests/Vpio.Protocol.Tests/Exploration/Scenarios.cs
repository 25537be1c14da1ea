namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Are the scenarios that are explored to the end.</summary>
internal static class Scenarios
{
    public static Scenario[] All { get; } =
    [
        new("three guests, two rounds each", 3_490_000, 3, device => Guests(device, 3, 2)) { IsLarge = true },
        new("four guests, a round each", 6_000_000, 4, device => Guests(device, 4, 1)) { IsLarge = true },
        new("a guest waits, another tries to pass", 350_000, 3, device =>
            [new GuestActor(device, 1, 2), new GuestActor(device, 2, 1), new GuestActor(device, 3, 2) { Queues = false }]),
        new("two guests change their minds", 1_530_000, 3, device =>
            [new GuestActor(device, 1, 2), new GuestActor(device, 2, 2) { Cancels = true }, new GuestActor(device, 3, 1) { Cancels = true }]) { IsLarge = true },
        new("a guest keeps the device, others wait", 12_500, 3, device =>
        [
            new GuestActor(device, 1, 1) { Keeps = true, Patient = true },
            new GuestActor(device, 2, 1) { Keeps = true, Patient = true },
            new GuestActor(device, 3, 1) { Patient = true },
        ]),
        new("the timer against owners that release", 940_000, 2, device => [.. Guests(device, 2, 2), new TimerActor(device)]),
        new("the timer against an owner that keeps the device", 71_000, 2, device =>
            [new GuestActor(device, 1, 1) { Keeps = true }, new GuestActor(device, 2, 2), new TimerActor(device)]),
        new("a guest of three is stopped", 4_680_000, 3, device => [.. Guests(device, 3, 1), Stop(device, 1)]) { IsLarge = true },
        new("a guest of two rounds is stopped", 430_000, 2, device => [.. Guests(device, 2, 2), Stop(device, 2)]),
        new("two guests are stopped", 1_170_000, 2, device => [.. Guests(device, 2, 1), Stop(device, 1), Stop(device, 2)]),
        new("a guest is killed, and stopped some time", 430_000, 2, device =>
            [new GuestActor(device, 1, 2) { Mortal = true }, new GuestActor(device, 2, 2), Stop(device, 1)]),
        new("an owner is stopped as its grace ends", 1_480_000, 2, device =>
            [new GuestActor(device, 1, 1) { Keeps = true }, new GuestActor(device, 2, 1), new TimerActor(device), Stop(device, 1)]),
        new("a guest that changes its mind is stopped", 190_000, 2, device =>
            [new GuestActor(device, 1, 1), new GuestActor(device, 2, 2) { Cancels = true }, Stop(device, 2)]),
        new("the device works while it is handed over", 13_000, 2, device => [.. Guests(device, 2, 1), new DeviceActor(device, 2)]),
        new("the device works while its owner is stopped", 355_000, 2, device => [.. Guests(device, 2, 1), new DeviceActor(device, 1), Stop(device, 1)]),
        new("a guest calls while two stop it", 7_000_000, 1, device =>
            [new CallActor(device, 1, 3), new CallActor(device, 1, 2), Stop(device, 1), Stop(device, 1)]),
        new("something arrives for a guest that waits, or will", 1_060_000, 3, device =>
            [.. Guests(device, 3, 1), new OnceActor("arrival", () => device.Ownership.Prefer(SharedDeviceUnderTest.Id(3)))]) { InTurn = false, IsLarge = true },
    ];

    public static Actor[] Guests(SharedDeviceUnderTest device, int guests, int rounds) =>
        [.. Enumerable.Range(1, guests).Select(guest => new GuestActor(device, guest, rounds))];

    public static OnceActor Stop(SharedDeviceUnderTest device, int guest) => new($"stop of {guest}", () => device.Stop(guest));
}
