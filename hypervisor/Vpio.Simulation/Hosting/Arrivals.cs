using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation.Course;

namespace Vpio.Simulation.Hosting;

/// <summary>Has things arrive for guests at any moment, who are then granted next, out of turn.</summary>
internal sealed class Arrivals : IActor
{
    private readonly SimulatedHost _host;
    private readonly VirtualTime _time;
    private readonly Chance _chance;
    private readonly long _everyNs;

    /// <summary>Lets them begin.</summary>
    /// <param name="host">Where.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="every">How often something arrives, on average.</param>
    public Arrivals(SimulatedHost host, long seed, VirtualTime time, TimeSpan every)
    {
        (_host, _time, _everyNs) = (host, time, Clock.Nanoseconds(every));
        _chance = new Chance(seed, stream: -2);
        SetNext();
    }

    /// <inheritdoc/>
    public void Act(int cue)
    {
        SimulatedGuest guest = _host.Guests[(int)_chance.Below(_host.Guests.Count)];
        if (guest.IsThere && guest.Uses[(int)_chance.Below(guest.Uses.Count)].Device is { } device)
            device.Arrive(guest.Id);
        SetNext();
    }

    private void SetNext() => _time.Set(_time.NowNs + _chance.Exponential(_everyNs), this, 0);
}
