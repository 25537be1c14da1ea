using Vpio.Abi;
using Vpio.Fuzz.Job;
using Vpio.Jobs;
using Vpio.Tool.Accounting;

namespace Vpio.Fuzz.Tests.Plants;

/// <summary>Are readers of reports with a fault each.</summary>
internal static class JobPlants
{
    /// <summary>Gets them.</summary>
    public static IEnumerable<Plant> All { get; } =
    [
        Reading("a write into the job", "writes nothing else there", static (_, guest) => guest.Memory.Write32(JobLayout.RingEntries, 1)),
        Reading("a write into the reports", "writes nothing else there", static (_, guest) => guest.Bytes[^1] ^= 1),
        Reading("another's frame that is taken for sent", "no fault of another", static (ledger, _) => ledger.Sent(new DomainId(2), new byte[64])),
        Reading("another's account that gets what is not its", "changes nobody else's account", static (ledger, _) =>
            ledger.Accounts.Last().Receiving.NoteArrived(1, toItAlone: false, Hypervisor.Devices.Network.FrameFate.Accepted)),
        Heard("an activity that only domain 0 names", "what a guest can say that it does", static right => right with { Activity = GuestActivity.Dead }),
        Heard("a generation of 41 bits", "A generation has 40 bits", static right => right with { Generation = 1UL << 40 }),
        Heard("a release before it was asked for", "A release takes no more than a day", static right => right with { LastRelease = -TimeSpan.FromTicks(1) }),
        Heard("a sentence of two lines", "one line without control characters", static right => right with { Failure = "a\nb" }),
        Heard("a sentence without an end", "one line without control characters", static right => right with { Failure = new string('a', 513) }),
    ];

    private static Plant Reading(string fault, string promise, Action<FrameLedger, JobGuest> reading) =>
        new(fault, promise, new JobTarget(new JobFaults { Reading = reading }));

    private static Plant Heard(string fault, string promise, Func<Sayings, Sayings> heard) =>
        new(fault, promise, new JobTarget(new JobFaults { Heard = heard }));
}
