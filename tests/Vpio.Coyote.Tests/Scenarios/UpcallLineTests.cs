using Vpio.Abi;
using Vpio.Coyote.Tests.Control;
using Vpio.Coyote.Tests.Twins;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Scheduling;
using Vpio.Hypervisor.Upcalls;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples the way from the hypervisor to a guest that sleeps: no event is lost, whoever raises, closes or runs out of time meanwhile (docs/abi.md, "Guest page").</summary>
[TestFixture]
internal sealed class UpcallLineTests
{
    private static readonly DeviceIndex First = new(0);
    private static readonly DeviceIndex Second = new(1);

    private delegate ILine MakeLine(Mapping page, Clock clock, DeadlineQueue deadlines, IReaper reaper);

    [Test]
    public void EveryEventReachesTheGuestThatSleepsForIt() => Sampler.Holds(() => RaiseFromTwo(Shipping), 1_000);

    [Test]
    public void ALineThatLooksAndThenSleepsLosesAWakeUp() =>
        Sampler.Finds(() => RaiseFromTwo((page, _, _, _) => new LineThatLooksThenSleeps(page)), 1_000);

    [Test]
    public void ALineThatCountsWakeUpsAfterItsLookSleepsThroughOne() =>
        Sampler.Finds(() => RaiseFromTwo((page, _, _, reaper) => new LineThatCountsAfterItsLook(page, reaper)), 1_000);

    [Test]
    public void ALineThatRaisesEventsAfterPendingLosesAnEvent() =>
        Sampler.Finds(() => RaiseFromTwo((page, _, _, _) => new LineThatPendsFirst(page)), 1_000);

    [Test]
    public void ACloseEndsEverySleep() => Sampler.Holds(() => CloseSleepers(Shipping), 1_000);

    [Test]
    public void ALineThatClosesBesideItsLockLeavesASleeper() =>
        Sampler.Finds(() => CloseSleepers((page, _, _, _) => new LineThatLooksThenSleeps(page)), 1_000);

    [Test]
    public void ASleepEndsByItsTimeOrByAnEventAndNeverNot() => Sampler.Holds(() => SleepForATime(Shipping), 1_000);

    private static ShippingLine Shipping(Mapping page, Clock clock, DeadlineQueue deadlines, IReaper reaper) => new(new UpcallLine(page, InProcessBody.Instance, clock, deadlines, reaper));

    /// <summary>Two devices raise two events each, and the guest sleeps until it has them all.</summary>
    private static void RaiseFromTwo(MakeLine make)
    {
        Mapping page = new SharedRegion(GuestPage.Size, guestsWrite: true).Hypervisor;
        using ReaperThread reaper = new();
        ILine line = make(page, null!, null!, reaper);
        Threads.Run(
            () => Raise(line, First),
            () => Raise(line, Second),
            () => SleepUntilAllCame(line, page));
    }

    private static void Raise(ILine line, DeviceIndex device)
    {
        line.Raise(device, DeviceEvents.Granted);
        line.Raise(device, DeviceEvents.Revoke);
    }

    private static void SleepUntilAllCame(ILine line, Mapping page)
    {
        const DeviceEvents Both = DeviceEvents.Granted | DeviceEvents.Revoke;
        DeviceEvents first = default;
        DeviceEvents second = default;
        while ((first & second) != Both)
        {
            Claim.Equal(line.Wait(null), DeviceStatus.Ok);
            TakeEvents(page, ref first, ref second);
        }
    }

    private static void TakeEvents(Mapping mapping, ref DeviceEvents first, ref DeviceEvents second)
    {
        ref GuestPage page = ref mapping.At<GuestPage>(0);
        Volatile.Write(ref page.UpcallPending, 0);
        Interlocked.MemoryBarrier();
        ulong selector = Interlocked.Exchange(ref page.PendingSelector, 0);
        if ((selector & 1) != 0)
            first |= (DeviceEvents)Interlocked.Exchange(ref GuestPage.Events(ref page, First), 0);
        if ((selector & 2) != 0)
            second |= (DeviceEvents)Interlocked.Exchange(ref GuestPage.Events(ref page, Second), 0);
    }

    private static void CloseSleepers(MakeLine make)
    {
        using ReaperThread reaper = new();
        ILine line = make(new SharedRegion(GuestPage.Size, guestsWrite: true).Hypervisor, null!, null!, reaper);
        Threads.Run(
            () => Claim.Equal(line.Wait(null), DeviceStatus.Denied),
            () => Claim.Equal(line.Wait(null), DeviceStatus.Denied),
            line.Close);
    }

    private static void SleepForATime(MakeLine make)
    {
        StillTime time = new();
        Clock clock = new(time);
        using DeadlineQueue deadlines = new(clock, callback => new ProviderAlarm(clock, callback));
        using ReaperThread reaper = new();
        ILine line = make(new SharedRegion(GuestPage.Size, guestsWrite: true).Hypervisor, clock, deadlines, reaper);
        DeviceStatus early = default;
        DeviceStatus late = default;
        Threads.Run(
            () => early = line.Wait(1_000),
            () => late = line.Wait(2_000),
            () =>
            {
                time.Advance(TimeSpan.FromMicroseconds(1));
                line.Raise(First, DeviceEvents.RxPending);
            });
        Claim.That(early is DeviceStatus.Ok or DeviceStatus.TimedOut, "a sleep ended by neither");
        Claim.Equal(late, DeviceStatus.Ok);
    }
}
