using Vpio.Abi;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Holds the sleep for an upcall on virtual time (docs/abi.md, "Guest page").</summary>
[TestFixture]
internal sealed class WaitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 2);
        (_a, _b) = (_world.Guests[0], _world.Guests[1]);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void AWaitOfNoTimeIsALook()
    {
        Assert.That(_b.Wait(timeoutNs: 0), Is.EqualTo(DeviceStatus.TimedOut));
        Grant();
        Assert.That(_b.Wait(timeoutNs: 0), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.Wait(timeoutNs: 0), Is.EqualTo(DeviceStatus.Ok), "it stays pending until the guest takes it");
    }

    [TestCase(1UL << 32)]
    [TestCase(1UL << 53)]
    [TestCase((1UL << 63) - 1)]
    [TestCase(1UL << 63)]
    [TestCase(ulong.MaxValue - 1)]
    [TestCase(ulong.MaxValue)]
    public void AWaitOfAnyLengthEndsWithTheUpcall(ulong timeoutNs)
    {
        _a.TryGrab();
        _b.Queue();
        Task<DeviceStatus> sleep = Sleep(timeoutNs);
        _a.Release();
        AssertEnds(sleep, DeviceStatus.Ok);
    }

    [TestCase(1UL << 53)]
    [TestCase(1UL << 63)]
    [TestCase(ulong.MaxValue - 1)]
    [TestCase(ulong.MaxValue)]
    public void AWaitOfAnyLengthEndsAtOnceWhenAnUpcallIsPending(ulong timeoutNs)
    {
        Grant();
        AssertEnds(Sleep(timeoutNs), DeviceStatus.Ok);
    }

    [Test]
    public void AWaitTimesOutWhenItsTimeHasPassed()
    {
        Task<DeviceStatus> sleep = Sleep(timeoutNs: 1_000_000);

        // Whether the sleep began before or after a step of the clock, one of the steps ends it.
        Assert.That(SpinWait.SpinUntil(() => StepEnds(sleep), Patience));
        Assert.That(sleep.Result, Is.EqualTo(DeviceStatus.TimedOut));
    }

    [Test]
    public void AWaitUnmasksFirst()
    {
        _b.Port.GuestPage.UpcallMask = 1;
        _a.TryGrab();
        _b.Queue();
        Task<DeviceStatus> sleep = Sleep(ulong.MaxValue);
        Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref _b.Port.GuestPage.UpcallMask) == 0, Patience), "the mask is cleared");
        _a.Release();
        AssertEnds(sleep, DeviceStatus.Ok);
    }

    [Test]
    public void AMaskedUpcallGathersWithoutNotificationAndEndsTheNextWait()
    {
        _b.Port.GuestPage.UpcallMask = 1;
        uint notified = _b.Port.GuestPage.NotifySequence;
        Grant();
        Assert.That(_b.Port.GuestPage.NotifySequence, Is.EqualTo(notified));
        Assert.That(_b.Wait(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.Port.GuestPage.UpcallMask, Is.Zero);
    }

    [Test]
    public void AnUpcallNotifiesOnceUntilItIsTaken()
    {
        uint notified = _b.Port.GuestPage.NotifySequence;
        Grant();
        _world.Device.Raise(_b.Id, DeviceEvents.RxPending);
        Assert.That(_b.Port.GuestPage.NotifySequence, Is.EqualTo(notified + 1));
        Assert.That(_b.TakeEvents(), Is.EqualTo(DeviceEvents.Granted | DeviceEvents.RxPending));
        _world.Device.Raise(_b.Id, DeviceEvents.RxPending);
        Assert.That(_b.Port.GuestPage.NotifySequence, Is.EqualTo(notified + 2));
    }

    [Test]
    public void AStopEndsAWaitAndAResumedGuestWaitsAgain()
    {
        Task<DeviceStatus> sleep = Sleep(ulong.MaxValue);
        _b.Guest.Stop();
        AssertEnds(sleep, DeviceStatus.Denied);
        _b.Guest.Resume();
        Assert.That(_b.Wait(), Is.EqualTo(DeviceStatus.Ok), "a reset is pending");
        Assert.That(_b.TakeEvents(), Is.EqualTo(DeviceEvents.Reset));
        Assert.That(_b.Wait(timeoutNs: 0), Is.EqualTo(DeviceStatus.TimedOut));
    }

    [Test]
    public void OneUpcallEndsEveryWait()
    {
        Task<DeviceStatus>[] sleeps = [Sleep(ulong.MaxValue), Sleep(ulong.MaxValue), Sleep(1UL << 62)];
        _world.Device.Raise(_b.Id, DeviceEvents.RxPending);
        foreach (Task<DeviceStatus> sleep in sleeps)
            AssertEnds(sleep, DeviceStatus.Ok);
    }

    [Test]
    public void AWaitThatUnmasksWakesWhoSleptThroughTheMask()
    {
        _b.Port.GuestPage.UpcallMask = 1;
        _world.Device.Raise(_b.Id, DeviceEvents.RxPending);
        uint notified = _b.Port.GuestPage.NotifySequence;
        Assert.That(_b.Wait(timeoutNs: 0), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.Port.GuestPage.NotifySequence, Is.EqualTo(notified + 1));
        Assert.That(_b.Wait(timeoutNs: 0), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.Port.GuestPage.NotifySequence, Is.EqualTo(notified + 1), "once");
    }

    [Test]
    public void ARemovalEndsAWaitAndLeavesNoneToCome()
    {
        Task<DeviceStatus> sleep = Sleep(ulong.MaxValue);
        _b.Port.Dispose();
        AssertEnds(sleep, DeviceStatus.Denied);
        AssertEnds(Sleep(ulong.MaxValue), DeviceStatus.Denied);
    }

    [Test]
    public void AnUnplugIsToldToWhoNeitherOwnedNorWaited()
    {
        _world.Hypervisor.RemoveDevice(_world.Device);
        Assert.That(_b.Wait(timeoutNs: 0), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.TakeEvents(), Is.EqualTo(DeviceEvents.Removed));
    }

    private void Grant()
    {
        _a.TryGrab();
        _b.Queue();
        _a.Release();
        Assert.That(_b.Owns);
    }

    private bool StepEnds(Task sleep)
    {
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        return sleep.IsCompleted;
    }

    private Task<DeviceStatus> Sleep(ulong timeoutNs) => Task.Factory.StartNew(() => _b.Wait(timeoutNs), TaskCreationOptions.LongRunning);

    private static void AssertEnds(Task<DeviceStatus> sleep, DeviceStatus status)
    {
        Assert.That(sleep.Wait(Patience), "the sleep did not end");
        Assert.That(sleep.Result, Is.EqualTo(status));
    }
}
