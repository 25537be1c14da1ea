using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation.Checking;
using Vpio.Simulation.Course;
using Vpio.Simulation.Hosting;
using Vpio.Simulation.Measuring;

namespace Vpio.Simulation;

/// <summary>Is a simulation: it goes from event to event, and holds everything to the invariants after each.</summary>
internal sealed class SimulationRun : IDisposable
{
    private readonly Settlement _settlement;
    private readonly Chaos? _chaos;
    private readonly long _endNs;

    /// <summary>Makes the world and lets it begin.</summary>
    /// <param name="options">How it is.</param>
    public SimulationRun(SimulationOptions options)
    {
        Options = options;
        _endNs = Clock.Nanoseconds(options.Duration);
        Usage = new UsageMeter(options.Guests, domain => Host!.GuestOf(domain)!.Number);
        Waits = options.Weights.Distinct().Order().ToDictionary(weight => weight, _ => new WaitMeter());
        Checker = new InvariantChecker(NoteWait);
        Spectator spectator = new(Time, Checker, Usage, Log);
        Host = new SimulatedHost(options, spectator, Time);
        _settlement = new Settlement(Host, spectator);
        Host.Begin();
        if (options.ArrivalsEvery is { } arrivals)
            _ = new Arrivals(Host, options.Seed, Time, arrivals);
        if (options.ChaosEvery is { } every)
            _chaos = new Chaos(Host, options, Time, every);
    }

    /// <summary>Gets how the world is.</summary>
    public SimulationOptions Options { get; }

    /// <summary>Gets the clock.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>Gets the host.</summary>
    public SimulatedHost Host { get; }

    /// <summary>Gets who holds it all to the invariants.</summary>
    public InvariantChecker Checker { get; }

    /// <summary>Gets the sum of all that happened.</summary>
    public EventLog Log { get; } = new();

    /// <summary>Gets who had the devices for how long.</summary>
    public UsageMeter Usage { get; }

    /// <summary>Gets the waits of the guests that began with each weight.</summary>
    public IReadOnlyDictionary<int, WaitMeter> Waits { get; }

    /// <summary>Gets how many ownerships ended by force, because their grace was over.</summary>
    public long ForcedEnds => _settlement.ForcedEnds;

    /// <summary>Gets how many guests were quarantined.</summary>
    public long Quarantines => _settlement.Quarantines;

    /// <summary>Gets how often something went wrong by chance.</summary>
    public long Mishaps => _chaos?.Mishaps ?? 0;

    /// <summary>Tells how long a guest had devices so far.</summary>
    /// <param name="guest">The guest, from 1.</param>
    /// <returns>Nanoseconds, of all its devices together.</returns>
    public long OwnedNs(int guest) => Usage.OwnedNs(guest, Time.NowNs);

    /// <summary>Goes on to the next event.</summary>
    /// <returns>Whether there was one, and all is well; <see langword="false"/> at the end, or when an invariant is broken.</returns>
    public bool Step()
    {
        if (Checker.Violation is not null || !Time.TryNext(_endNs, out IActor? actor, out int cue))
            return false;
        actor.Act(cue);
        _settlement.Settle(byTimer: actor is VirtualTimer);
        Checker.EndStep(Time.NowNs);
        return Checker.Violation is null;
    }

    /// <summary>Goes on to the end, or to the first invariant that is broken.</summary>
    /// <returns>The first invariant that did not hold; <see langword="null"/> when all did.</returns>
    public Violation? Run()
    {
        while (Step())
        {
            // What there is to do is done in the step.
        }

        return Checker.Violation;
    }

    /// <inheritdoc/>
    public void Dispose() => Host.Dispose();

    private void NoteWait(int domain, long waitedNs, long boundNs) =>
        Waits[Options.WeightOf(Host.GuestOf(domain)!.Number)].Add(waitedNs, boundNs);
}
