using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Are the scenarios that are explored to the end.</summary>
internal static class Scenarios
{
    /// <summary>Gets all of them. The floors are nine tenths of what was counted.</summary>
    public static Scenario[] All { get; } =
    [
        new("three guests, two rounds each", 2_100_000, 3, device => Guests(device, 3, 2)) { IsLarge = true },
        new("four guests, a round each", 3_800_000, 4, device => Guests(device, 4, 1)) { IsLarge = true },
        new("a guest waits, another tries to pass", 250_000, 3, device =>
            [new GuestActor(device, 1, 2), new GuestActor(device, 2, 1), new GuestActor(device, 3, 2) { Queues = false }]),
        new("two guests change their minds", 1_000_000, 3, device =>
            [new GuestActor(device, 1, 2), new GuestActor(device, 2, 2) { Cancels = true }, new GuestActor(device, 3, 1) { Cancels = true }]) { IsLarge = true },
        new("a guest keeps the device, others wait", 10_000, 3, device =>
        [
            new GuestActor(device, 1, 1) { Keeps = true, Patient = true },
            new GuestActor(device, 2, 1) { Keeps = true, Patient = true },
            new GuestActor(device, 3, 1) { Patient = true },
        ]),
        new("a guest asks on two threads", 79_000, 2, device =>
        [
            new GuestActor(device, 1, 1) { Patient = true },
            new GuestActor(device, 2, 1) { Patient = true },
            new GuestActor(device, 1, 1, ", second thread") { Patient = true },
        ]),
        new("a guest cancels on another thread", 15_000, 2, device =>
            [new GuestActor(device, 1, 1) { Patient = true }, new GuestActor(device, 2, 1) { Patient = true }, Cancel(device, 1)]),
        new("the timer against owners that release", 500_000, 2, device => [.. Guests(device, 2, 2), new TimerActor(device)]),
        new("the timer against an owner that keeps the device", 55_000, 2, device =>
            [new GuestActor(device, 1, 1) { Keeps = true }, new GuestActor(device, 2, 2), new TimerActor(device)]),
        new("a guest of three is stopped", 1_700_000, 3, device => [.. Guests(device, 3, 1), Stop(device, 1)]) { IsLarge = true },
        new("a guest of two rounds is stopped", 220_000, 2, device => [.. Guests(device, 2, 2), Stop(device, 2)]),
        new("two guests are stopped", 700_000, 2, device => [.. Guests(device, 2, 1), Stop(device, 1), Stop(device, 2)]),
        new("a guest is killed, and stopped some time", 220_000, 2, device =>
            [new GuestActor(device, 1, 2) { Mortal = true }, new GuestActor(device, 2, 2), Stop(device, 1)]),
        new("an owner is stopped as its grace ends", 660_000, 2, device =>
            [new GuestActor(device, 1, 1) { Keeps = true }, new GuestActor(device, 2, 1), new TimerActor(device), Stop(device, 1)]),
        new("a guest that changes its mind is stopped", 110_000, 2, device =>
            [new GuestActor(device, 1, 1), new GuestActor(device, 2, 2) { Cancels = true }, Stop(device, 2)]),
        new("the device is unplugged", 330_000, 2, device =>
            [new GuestActor(device, 1, 2), new GuestActor(device, 2, 1) { Cancels = true }, Unplug(device)]),
        new("the device is unplugged and plugged in", 320_000, 2, device =>
            [new GuestActor(device, 1, 2), new GuestActor(device, 2, 1), UnplugAndPlug(device)]),
        new("the device is unplugged, a guest stopped", 1_900_000, 2, device => [.. Guests(device, 2, 1), Stop(device, 1), Unplug(device)]) { IsLarge = true },
        new("the device is unplugged as its owner's grace ends", 2_300_000, 2, device =>
            [new GuestActor(device, 1, 1) { Keeps = true }, new GuestActor(device, 2, 1), new TimerActor(device), Unplug(device)]) { IsLarge = true },
        new("the device works while it is handed over", 10_000, 2, device => [.. Guests(device, 2, 1), new DeviceActor(device, 2)]),
        new("the device works while its owner is stopped", 250_000, 2, device => [.. Guests(device, 2, 1), new DeviceActor(device, 1), Stop(device, 1)]),
        new("the device works while it is unplugged", 1_800_000, 2, device => [.. Guests(device, 2, 1), new DeviceActor(device, 2), Unplug(device)]) { IsLarge = true },
        new("a guest calls while two stop it", 350_000, 1, device =>
            [new CallActor(device, 1, 2), new CallActor(device, 1, 1), Stop(device, 1), Stop(device, 1)]),
        new("something arrives for a guest that waits, or will", 860_000, 3, device =>
            [.. Guests(device, 3, 1), new OnceActor("arrival", () => device.Ownership.Prefer(SharedDeviceUnderTest.Id(3)))]) { InTurn = false, IsLarge = true },
    ];

    public static Actor[] Guests(SharedDeviceUnderTest device, int guests, int rounds) =>
        [.. Enumerable.Range(1, guests).Select(guest => new GuestActor(device, guest, rounds))];

    public static OnceActor Stop(SharedDeviceUnderTest device, int guest) => new($"stop of {guest}", () => device.Stop(guest));

    private static OnceActor Cancel(SharedDeviceUnderTest device, int guest) => new($"cancel of {guest}", () => device.Call(guest, () =>
    {
        if (device.Ownership.Cancel(SharedDeviceUnderTest.Id(guest)) == CancelOutcome.Left)
            ExploredMemory.Note(Happening.CancelLeft, (ulong)guest);
    }));

    private static OnceActor Unplug(SharedDeviceUnderTest device) => new("unplug", () => device.Ownership.Unplug(out _));

    private static OnceActor UnplugAndPlug(SharedDeviceUnderTest device) =>
        new("unplug", () => device.Ownership.Unplug(out _), () => device.Ownership.Plug());
}
