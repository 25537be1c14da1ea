using Vpio.Hostile.Attacks;
using Vpio.Hostile.Attacks.Processes;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Is an attack as it is carried out: by how many guests on how many threads, what domain 0 does about it, and how much of all calls it makes.</summary>
/// <param name="Name">Its name on the score sheet.</param>
/// <param name="Attack">The attack.</param>
internal sealed record Campaign(string Name, Attack Attack)
{
    /// <summary>Makes a campaign that is named as its attack.</summary>
    /// <param name="attack">The attack.</param>
    public Campaign(Attack attack)
        : this(attack.Name, attack)
    {
    }

    /// <summary>Gets what is done, in one line.</summary>
    public string Description { get; init; } = Attack.Description;

    /// <summary>Gets how many guests attack.</summary>
    public int Guests { get; init; } = 1;

    /// <summary>Gets how many threads each of them has.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets what domain 0 does with them.</summary>
    public Fate Fate { get; init; }

    /// <summary>Gets whether its guests are programs of their own.</summary>
    public bool IsProgram { get; init; }

    /// <summary>Gets how many programs attack, one after the other.</summary>
    public int Lives { get; init; } = 1;

    /// <summary>Gets how the devices are shared.</summary>
    public GroundTerms Terms { get; init; } = GroundTerms.Usual;

    /// <summary>Gets how many calls it makes at most. An attack that mostly waits would not end otherwise.</summary>
    public long MostCalls { get; init; } = long.MaxValue;

    /// <summary>Gets all campaigns.</summary>
    public static IReadOnlyList<Campaign> All => [.. InProcess, .. Programs];

    /// <summary>Gets the campaigns of guests that are programs of their own.</summary>
    public static IReadOnlyList<Campaign> Programs { get; } =
    [
        new("process-random-calls", new RandomCalls()) { IsProgram = true, Threads = 2, MostCalls = 60_000 },
        new("process-scribbles", new Scribbles()) { IsProgram = true, MostCalls = 40_000 },
        new("process-wild-descriptors", new WildDescriptors()) { IsProgram = true, MostCalls = 10_000 },
        new("process-grab-storm", new GrabStorm()) { IsProgram = true, Threads = 4, MostCalls = 40_000 },
        new("process-never-releases", new NeverReleases()) { Description = "takes the device and keeps it until its process is killed for it", IsProgram = true, Lives = 2, MostCalls = 1_000 },
        new("killed-anywhere", new RandomCalls()) { Description = "is killed by SIGKILL at any moment of its calls", IsProgram = true, Threads = 2, Fate = Fate.Removed, Lives = 12, MostCalls = 60_000 },
        new("killed-holding", new NeverReleases()) { Description = "is killed by SIGKILL while it queues for the device or holds it", IsProgram = true, Fate = Fate.Removed, Lives = 6, MostCalls = 60 },
        new(new MappingScribbles()) { IsProgram = true, Threads = 3, Lives = 3, MostCalls = 30_000 },
        new(new DescriptorAbuse()) { IsProgram = true, Threads = 2, Lives = 2, MostCalls = 20_000 },
        new(new ForkWhileHolding()) { IsProgram = true, Lives = 4, MostCalls = 400 },
        new(new ControlNonsense()) { IsProgram = true, Lives = 2, MostCalls = 20_000 },
    ];

    /// <summary>Gets the campaigns of guests in the judge's process.</summary>
    public static IReadOnlyList<Campaign> InProcess { get; } =
    [
        new(new RandomCalls()) { Threads = 2 },
        new(new Scribbles()),
        new(new TornArguments()) { Threads = 2 },
        new(new RingNumbers()) { MostCalls = 100_000 },
        new(new WildDescriptors()) { MostCalls = 40_000 },
        new(new GrabStorm()) { Guests = 3, Threads = 2 },
        new(new NeverReleases()) { MostCalls = 160 },
        new("never-releases-detached", new NeverReleases())
        {
            Description = "the same where an owner loses only the device, and is quarantined when that happens too often",
            MostCalls = 160,
            Terms = GroundTerms.Usual with { Detaches = true },
        },
        new(new ForeignReleases()) { Threads = 2 },
        new("stopped-anywhere", new RandomCalls()) { Description = "is stopped at any moment of its calls, and goes on", Threads = 2, Fate = Fate.Stopped },
        new("removed-anywhere", new Scribbles()) { Description = "dies at any moment of its calls and writes, and another comes in its place", Threads = 2, Fate = Fate.Removed, MostCalls = 300_000 },
        new(new UpcallFlood()),
        new(new MaskLoop()) { Threads = 3, MostCalls = 200_000 },
        new(new DmaChurn()) { Threads = 2, MostCalls = 300_000 },
        new(new MacSpoofing()) { MostCalls = 60_000 },
        new(new KickStorm()),
        new(new OddWaits()) { Threads = 8, MostCalls = 100_000 },
    ];
}
