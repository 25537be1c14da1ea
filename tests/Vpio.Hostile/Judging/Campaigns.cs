using Vpio.Hostile.Attacks;
using Vpio.Hostile.Attacks.Machines;
using Vpio.Hostile.Attacks.Processes;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Holds all campaigns.</summary>
internal static class Campaigns
{
    /// <summary>Gets all campaigns.</summary>
    public static IReadOnlyList<Campaign> All => [.. InProcess, .. Processes, .. Agents, .. Machines];

    /// <summary>Gets the campaigns in process that are carried out from virtual machines too: a machine makes their calls and touches the registers.</summary>
    /// <remarks>Left out is what a machine with one processor cannot do: change an argument under a call of its own, and go on beside a sleep without end.</remarks>
    public static IReadOnlyList<Campaign> Agents { get; } =
    [
        FromMachine(new RandomCalls(), threads: 2),
        FromMachine(new Scribbles()) with { MostCalls = 50_000 },
        FromMachine(new RingNumbers()) with { MostCalls = 20_000 },
        FromMachine(new WildDescriptors()) with { MostCalls = 10_000 },
        FromMachine(new GrabStorm(), threads: 2) with { Guests = 3 },
        FromMachine(new NeverReleases()) with { Description = "takes the device and keeps it until its machine is ended for it", MostCalls = 60 },
        FromMachine(new NeverReleases()) with
        {
            Name = "machine-never-releases-detached",
            Description = "the same where an owner loses only the device, and is quarantined when that happens too often",
            MostCalls = 160,
            Terms = GroundTerms.Usual with { Detaches = true },
        },
        FromMachine(new ForeignReleases(), threads: 2),
        FromMachine(new RandomCalls(), threads: 2) with { Name = "machine-calls-stopped-anywhere", Description = "is stopped by domain 0 at any moment of its calls, and another comes in its place", Fate = Fate.Stopped, MostCalls = 50_000 },
        FromMachine(new Scribbles(), threads: 2) with { Name = "machine-calls-removed-anywhere", Description = "is removed by domain 0 at any moment of its calls and writes, and another comes in its place", Fate = Fate.Removed, MostCalls = 20_000 },
        FromMachine(new UpcallFlood()),
        FromMachine(new MaskLoop(), threads: 3),
        FromMachine(new DmaChurn(), threads: 2),
        FromMachine(new MacSpoofing()) with { MostCalls = 10_000 },
        FromMachine(new KickStorm()) with { MostCalls = 2_000 },
        FromMachine(new OddWaits(), threads: 2),
    ];

    /// <summary>Gets the campaigns of guests that are processes of their own.</summary>
    public static IReadOnlyList<Campaign> Processes { get; } =
    [
        new StrikeCampaign("process-random-calls", new RandomCalls()) { Home = GuestHome.Process, Threads = 2, MostCalls = 60_000 },
        new StrikeCampaign("process-scribbles", new Scribbles()) { Home = GuestHome.Process, MostCalls = 40_000 },
        new StrikeCampaign("process-wild-descriptors", new WildDescriptors()) { Home = GuestHome.Process, MostCalls = 10_000 },
        new StrikeCampaign("process-grab-storm", new GrabStorm()) { Home = GuestHome.Process, Threads = 4, MostCalls = 40_000 },
        new StrikeCampaign("process-never-releases", new NeverReleases()) { Description = "takes the device and keeps it until its process is killed for it", Home = GuestHome.Process, Lives = 2, MostCalls = 1_000 },
        new StrikeCampaign("killed-anywhere", new RandomCalls()) { Description = "is killed by SIGKILL at any moment of its calls", Home = GuestHome.Process, Threads = 2, Fate = Fate.Killed, Lives = 12, MostCalls = 60_000 },
        new StrikeCampaign("killed-holding", new NeverReleases()) { Description = "is killed by SIGKILL while it queues for the device or holds it", Home = GuestHome.Process, Fate = Fate.Killed, Lives = 6, MostCalls = 60 },
        new StrikeCampaign(new MappingScribbles()) { Home = GuestHome.Process, Threads = 3, Lives = 3, MostCalls = 30_000 },
        new StrikeCampaign(new DescriptorAbuse()) { Home = GuestHome.Process, Threads = 2, Lives = 2, MostCalls = 20_000 },
        new StrikeCampaign(new ForkWhileHolding()) { Home = GuestHome.Process, Lives = 4, MostCalls = 400 },
        new StrikeCampaign(new ControlNonsense()) { Home = GuestHome.Process, Lives = 2, MostCalls = 20_000 },
    ];

    /// <summary>Gets the campaigns of guests in the judge's process.</summary>
    public static IReadOnlyList<Campaign> InProcess { get; } =
    [
        new StrikeCampaign(new RandomCalls()) { Threads = 2 },
        new StrikeCampaign(new Scribbles()),
        new StrikeCampaign(new TornArguments()) { Threads = 2 },
        new StrikeCampaign(new RingNumbers()) { MostCalls = 100_000 },
        new StrikeCampaign(new WildDescriptors()) { MostCalls = 40_000 },
        new StrikeCampaign(new GrabStorm()) { Guests = 3, Threads = 2 },
        new StrikeCampaign(new NeverReleases()) { MostCalls = 160 },
        new StrikeCampaign("never-releases-detached", new NeverReleases())
        {
            Description = "the same where an owner loses only the device, and is quarantined when that happens too often",
            MostCalls = 160,
            Terms = GroundTerms.Usual with { Detaches = true },
        },
        new StrikeCampaign(new ForeignReleases()) { Threads = 2 },
        new StrikeCampaign("stopped-anywhere", new RandomCalls()) { Description = "is stopped at any moment of its calls, and goes on", Threads = 2, Fate = Fate.Stopped },
        new StrikeCampaign("removed-anywhere", new Scribbles()) { Description = "dies at any moment of its calls and writes, and another comes in its place", Threads = 2, Fate = Fate.Removed, MostCalls = 300_000 },
        new StrikeCampaign(new UpcallFlood()),
        new StrikeCampaign(new MaskLoop()) { Threads = 3, MostCalls = 200_000 },
        new StrikeCampaign(new DmaChurn()) { Threads = 2, MostCalls = 300_000 },
        new StrikeCampaign(new MacSpoofing()) { MostCalls = 60_000 },
        new StrikeCampaign(new KickStorm()),
        new StrikeCampaign(new OddWaits()) { Threads = 8, MostCalls = 100_000 },
    ];

    /// <summary>Gets the campaigns of guests that are virtual machines with programs of their own.</summary>
    public static IReadOnlyList<Campaign> Machines { get; } =
    [
        new MachineCampaign(new RandomImages(new Medley(), new WindowTouches(), new SlotNoise(), new RingNoise())) { Lives = 100, DeedsOfRound = 10, MostCalls = 100 * 100, FramesAfterLife = 4 },
        new MachineCampaign(new WindowTouches()) { Lives = 4, DeedsOfRound = 16, MostCalls = 6_000 },
        new MachineCampaign(new StrayStops()) { Lives = 24, MostCalls = 24, StopsAtStrayAccess = true },
        new MachineCampaign(new ReadOnlyPages()) { Lives = 2, DeedsOfRound = 8, MostCalls = 10_000 },
        new MachineCampaign(new SpinningHog()) { Lives = 2, MostCalls = 2 },
        new MachineCampaign(new PortNoise()) { Lives = 4, DeedsOfRound = 12, MostCalls = 20_000 },
        new MachineCampaign(new SlotNoise()) { Lives = 4, DeedsOfRound = 25, MostCalls = 60_000 },
        new MachineCampaign(new RingNoise()) { Lives = 4, DeedsOfRound = 60, MostCalls = 60_000 },
        new MachineCampaign(new InterruptStorm("interrupt-storm", "is interrupted as often as it can be, masks and unmasks", InterruptHandler.Returns)) { Lives = 2, DeedsOfRound = 10, MostCalls = 8_000 },
        new MachineCampaign(new InterruptStorm("interrupts-nested", "begins anew in each interrupt, and never returns", InterruptHandler.NeverReturns)) { Lives = 2, DeedsOfRound = 10, MostCalls = 4_000 },
        new MachineCampaign(new InterruptStorm("interrupts-fault", "has a handler that faults", InterruptHandler.Faults)) { Lives = 8, MostCalls = 80 },
        new MachineCampaign(new InterruptStorm("interrupts-nowhere", "is interrupted with a stack that is nowhere, or in the processor's tables", InterruptHandler.HasNoStack)) { Lives = 8, MostCalls = 80 },
        new MachineCampaign(new InterruptStorm("interrupts-spin", "has a handler that spins for ever, while it owns the device or waits for it", InterruptHandler.Spins)) { Lives = 2, MostCalls = 20, StuckAfter = TimeSpan.FromMilliseconds(500) },
        new MachineCampaign(new ForbiddenInstructions()) { Lives = 100, MostCalls = 100, FramesAfterLife = 4 },
        new MachineCampaign("machine-stopped-anywhere", new Medley()) { Description = "is stopped by domain 0 at any moment: while it runs, calls, sleeps, waits, owns", Fate = Fate.Killed, Lives = 30, FramesAfterLife = 4, DeedsOfRound = 10, MostCalls = 5_000 },
        new MachineCampaign("machine-removed-anywhere", new Medley()) { Description = "is removed by domain 0 at any moment, and another comes in its place", Fate = Fate.Removed, Lives = 30, FramesAfterLife = 4, DeedsOfRound = 10, MostCalls = 5_000 },
    ];

    private static StrikeCampaign FromMachine(Attack attack, int threads = 1) => new($"machine-{attack.Name}", attack) { Home = GuestHome.Machine, Threads = threads };
}
