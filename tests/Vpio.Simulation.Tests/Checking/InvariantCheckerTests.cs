using Vpio.Abi;
using Vpio.Simulation.Checking;

namespace Vpio.Simulation.Tests.Checking;

/// <summary>Shows the checker histories that were forged: each breaks one promise, and that one must be named.</summary>
internal sealed class InvariantCheckerTests
{
    private static readonly (Invariant Broken, string How, Action<History> Forgery)[] Forged =
    [
        (Invariant.OneOwner, "two owners at once", history => Owned(history).Ask(2).See(ObservationKind.Began, 2, Held(2, 2))),
        (Invariant.OneOwner, "the word names another than the device serves", history => Owned(history).SettleAs(Held(2, 1))),
        (Invariant.OneOwner, "a generation is granted twice", history => Owned(history).Release().Settle().See(ObservationKind.Asked, 2).See(ObservationKind.Loaded, 2).See(ObservationKind.Began, 2, Held(2, 1))),
        (Invariant.OneOwner, "the generation goes back", history => Owned(history).Release().SettleAs(new StateWord(DeviceState.Free, DomainId.Invalid, default))),
        (Invariant.OneOwner, "a grab succeeds and another is served", history => Owned(history).See(ObservationKind.Asked, 2).See(ObservationKind.Answered, 2, value: (long)DeviceStatus.Ok)),
        (Invariant.OneEnd, "an ownership ends twice", history => Owned(history).Release().See(ObservationKind.Ended, 1)),
        (Invariant.OneEnd, "a late release takes effect", history => Owned(history).See(ObservationKind.Releasing, 1, value: 7).See(ObservationKind.Released, 1, value: (long)DeviceStatus.Ok)),
        (Invariant.OneEnd, "an owner's release is refused", history => Owned(history).See(ObservationKind.Releasing, 1, value: 1).See(ObservationKind.Released, 1, value: (long)DeviceStatus.NotOwner)),
        (Invariant.OneEnd, "a revocation is taken back", history => Owned(history).Ask(2).Settle().After(History.SliceNs).Revoke().SettleAs(Held(1, 1))),
        (Invariant.NoLostWakeUp, "a free device and a waiter", history => Owned(history).Ask(2).Settle().Release().Settle()),
        (Invariant.NoLostWakeUp, "a device stays in hand", history => Owned(history).Release().SettleAs(new StateWord(DeviceState.Reclaiming, DomainId.Invalid, new Generation(1)))),
        (Invariant.NoBarging, "a grab passes a waiter", history => Owned(history).Ask(2).Settle().Release(then => then.Ask(3, takes: true))),
        (Invariant.BoundedBypass, "one is granted twice while another waits", history => Owned(history).Ask(2).Ask(3).Settle().Release(then => then.Grant(2)).Settle()
            .Ask(1).Settle().Release(then => then.Grant(1)).Settle().Ask(2).Settle().Release(then => then.Grant(2))),
        (Invariant.BoundedBypass, "two are granted out of turn, one after the other, past one who waits", history => Owned(history).Ask(3).Settle().Ask(2).Settle().Prefer(2)
            .Release(then => then.Grant(2)).Settle().Ask(1).Settle().Prefer(1).Release(then => then.Grant(1)).Settle().Ask(2).Settle().Release(then => then.Grant(2)).Settle()
            .Ask(1).Settle().Release(then => then.Grant(1))),
        (Invariant.WorkConserving, "a revocation while nobody waits", history => Owned(history).Revoke()),
        (Invariant.BoundedHandOver, "a slice that never ends", history => Owned(history).Ask(2).Settle().After(History.SliceNs + 200).EndStep()),
        (Invariant.BoundedHandOver, "a grace that never ends", history => Owned(history).Ask(2).Settle().After(History.SliceNs).Revoke().After(History.GraceNs + 200).EndStep()),
        (Invariant.BoundedHandOver, "a slice that ends late", history => Owned(history).Ask(2).Settle().After(History.SliceNs + 200).Revoke()),
        (Invariant.BoundedHandOver, "a grace that ends late", history => Owned(history).Ask(2).Settle().After(History.SliceNs).Revoke().After(History.GraceNs + 200).End()),
        (Invariant.CleanHandOver, "a new owner with the former one's context", history => Owned(history).See(ObservationKind.Ended, 1).See(ObservationKind.Asked, 2).See(ObservationKind.Began, 2, Held(2, 2))),
        (Invariant.CleanHandOver, "a context loaded over another", history => Owned(history).See(ObservationKind.Ended, 1).See(ObservationKind.Loaded, 2)),
        (Invariant.CleanHandOver, "the device is reset under its owner", history => Owned(history).See(ObservationKind.Reset, 1)),
        (Invariant.CleanHandOver, "a context saved that is not there", history => Owned(history).See(ObservationKind.Saved, 2)),
        (Invariant.NothingStaysHeld, "a stopped guest keeps the device", history => Owned(history).SeeGuest(ObservationKind.Stopping, 1).SeeGuest(ObservationKind.Stopped, 1)),
        (Invariant.NothingStaysHeld, "a stopped guest is granted a device", history => Owned(history).Ask(2).Settle().SeeGuest(ObservationKind.Stopping, 2).Release(then => then.Begin(2))),
        (Invariant.GrantOrCancel, "a grant after a cancel", history => Owned(history).Ask(2).Settle().See(ObservationKind.Cancelled, 2, value: (long)DeviceStatus.Ok).Release(then => then.Begin(2))),
        (Invariant.GrantOrCancel, "a cancel is told of a grant that is not", history => Owned(history).Ask(2).Settle().See(ObservationKind.Cancelled, 2, value: (long)DeviceStatus.Exists)),
        (Invariant.GrantOrCancel, "a cancel does not find the waiter", history => Owned(history).Ask(2).Settle().See(ObservationKind.Cancelled, 2, value: (long)DeviceStatus.NotFound)),
        (Invariant.GrantOrCancel, "a cancel without a wait succeeds", history => Owned(history).See(ObservationKind.Cancelled, 2, value: (long)DeviceStatus.Ok)),
        (Invariant.OfflineIsEmpty, "somebody waits for an unplugged device", history => history.See(ObservationKind.Unplugging).See(ObservationKind.Unplugged).Ask(2).SettleAs(Offline)),
        (Invariant.OfflineIsEmpty, "an unplugged device is on offer", history => history.See(ObservationKind.Unplugging).See(ObservationKind.Unplugged).Settle()),
        (Invariant.WaitersAgree, "the slot shows one waiter too many", history => Owned(history).SettleAs(Held(1, 1), shown: 1)),
        (Invariant.WaitersAgree, "a waiter was lost", history => Owned(history).Ask(2).SettleAs(Held(1, 1), shown: 0, counted: 0)),
        (Invariant.NoLostUpcall, "a grant that the page does not tell", history => Owned(history).Ask(2).Settle().Release(then => then.Begin(2).See(ObservationKind.Told, 2, value: 0))),
        (Invariant.NoLostUpcall, "a grant after which nobody looks at the page", history => Owned(history).Ask(2).Settle().Release(then => then.Begin(2)).EndStep()),
        (Invariant.NoLostUpcall, "a revocation that the page does not tell", history => Owned(history).Ask(2).Settle().After(History.SliceNs).SettleAs(Held(1, 1).With(DeviceState.Revoking))),
        (Invariant.NoLostUpcall, "a waiter is not told that the device is gone", history => Owned(history).Ask(2).Settle().See(ObservationKind.Unplugging).End()
            .See(ObservationKind.Unplugged).See(ObservationKind.Told, 1, value: (long)DeviceEvents.Removed).EndStep()),
        (Invariant.WaitBound, "a wait for a device that nobody is given", history => Owned(history).Ask(3).Settle().End().After(10 * History.SliceNs).EndStep()),
    ];

    private static StateWord Offline => new(DeviceState.Offline, DomainId.Invalid, default);

    private static IEnumerable<TestCaseData> Forgeries => Forged.Select(each => new TestCaseData(each.Broken, each.Forgery).SetArgDisplayNames(each.Broken.ToString(), each.How));

    [TestCaseSource(nameof(Forgeries))]
    public void AForgedHistoryIsCaughtByName(Invariant broken, object forgery)
    {
        History history = new();
        ((Action<History>)forgery)(history);
        Assert.That(history.Violation?.Invariant, Is.EqualTo(broken), history.Violation?.ToString());
    }

    [Test]
    public void EachInvariantIsForgedAtLeastOnce() => Assert.That(Forged.Select(each => each.Broken).Distinct(), Is.EquivalentTo(Enum.GetValues<Invariant>()));

    [Test]
    public void ATrueHistoryIsNone()
    {
        History history = Owned(new History());
        history.Ask(2).Settle().Ask(3).Settle().After(History.SliceNs).Revoke().After(History.GraceNs).Release(then => then.Grant(2)).Settle();
        history.Ask(1).Settle().After(2 * History.SliceNs).Revoke().Release(then => then.Grant(3)).Settle();
        history.See(ObservationKind.Cancelled, 1, value: (long)DeviceStatus.Ok).SettleAs(history.Word, shown: 0, counted: 0);
        history.After(100 * History.SliceNs).EndStep();
        Assert.That(history.Violation, Is.Null);
    }

    [Test]
    public void TheFirstViolationStays()
    {
        History history = Owned(new History()).Revoke();
        Violation? first = history.Violation;
        history.See(ObservationKind.Ended, 3).Settle();
        Assert.That(history.Violation, Is.SameAs(first));
        Assert.That(first!.ToString(), Is.EqualTo("WorkConserving is broken at step 3, 0 ms of virtual time: guest 1 was asked to stop, and nobody waits."));
    }

    private static History Owned(History history) => history.Ask(1, takes: true).Settle();

    private static StateWord Held(int guest, ulong generation) => new(DeviceState.Owned, new DomainId((ushort)guest), new Generation(generation));
}
