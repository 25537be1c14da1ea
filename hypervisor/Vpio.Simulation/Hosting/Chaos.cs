using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation.Course;

namespace Vpio.Simulation.Hosting;

/// <summary>Is what goes wrong at any moment: guests crash, leave, come, overlook, change their minds; devices go and come; domain 0 changes its settings.</summary>
internal sealed class Chaos : IActor
{
    private const int Mishap = 0;
    private const int Mend = 1;

    // A mishap lasts a few times as long as it takes until the next: several are in force at any time.
    private const int LastsMishaps = 4;

    private readonly SimulatedHost _host;
    private readonly SimulationOptions _options;
    private readonly VirtualTime _time;
    private readonly Chance _chance;
    private readonly long _everyNs;
    private readonly Queue<Action> _mends = [];

    /// <summary>Makes it begin.</summary>
    /// <param name="host">Whom it befalls.</param>
    /// <param name="options">How the world is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="every">How often something goes wrong, on average.</param>
    public Chaos(SimulatedHost host, SimulationOptions options, VirtualTime time, TimeSpan every)
    {
        (_host, _options, _time, _everyNs) = (host, options, time, Clock.Nanoseconds(every));
        _chance = new Chance(options.Seed, stream: -1);
        SetNext();
    }

    /// <summary>Gets how often something went wrong.</summary>
    public long Mishaps { get; private set; }

    /// <inheritdoc/>
    public void Act(int cue)
    {
        if (cue == Mend)
        {
            _mends.Dequeue()();
            return;
        }

        Mishaps++;
        Befall(_host.Guests[(int)_chance.Below(_host.Guests.Count)], (int)_chance.Below(_host.Devices.Length));
        SetNext();
    }

    private void SetNext() => _time.Set(_time.NowNs + _chance.Exponential(_everyNs), this, Mishap);

    /// <summary>Has something mended, as long after this mishap as each is after its own: they are mended in order.</summary>
    private void MendLater(Action mend)
    {
        _mends.Enqueue(mend);
        _time.Set(_time.NowNs + (LastsMishaps * _everyNs), this, Mend);
    }

    private void Befall(SimulatedGuest guest, int device)
    {
        switch (_chance.Below(8))
        {
            case 0 when guest.IsThere && guest.Domain.State == GuestState.Running:
                _host.Stop(guest);
                break;
            case 1 when guest.IsThere:
                _host.Remove(guest);
                MendLater(() => _host.Add(guest));
                break;
            case 2 when _host.Devices[device] is not null:
                _host.Unplug(device);
                MendLater(() => _host.Plug(device));
                break;
            case 3:
                Any(guest).ChangeItsMind(_chance.Exponential(_everyNs));
                break;
            case 4 or 5:
                Any(guest).OverlooksRevocation = true;
                break;
            case 6 when Any(guest) is { Device: not null } use && guest.IsThere:
                _host.SetWeight(use, _options.Weights[(int)_chance.Below(_options.Weights.Count)]);
                break;
            case 7 when _host.Devices[device] is { } running:
                Resettle(running);
                break;
        }
    }

    private DeviceUse Any(SimulatedGuest guest) => guest.Uses[(int)_chance.Below(guest.Uses.Count)];

    /// <summary>Changes policy, slice and grace of a running device; slice and grace never beyond what the simulation began with.</summary>
    private void Resettle(SimulatedDevice device)
    {
        device.Slot.Policy = _chance.Below(2) == 0 ? OverrunPolicy.Stop : OverrunPolicy.Detach;
        _host.SetTimes(device, Part(_options.Slice), Part(_options.Grace));
    }

    private TimeSpan Part(TimeSpan whole)
    {
        long shortest = HypervisorOptions.MinDuration.Ticks;
        return new TimeSpan(shortest + _chance.Below(whole.Ticks - shortest + 1));
    }
}
