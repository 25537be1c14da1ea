using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation.Checking;
using Vpio.Simulation.Course;

namespace Vpio.Simulation.Hosting;

/// <summary>Is domain 0 of a simulation: the reference hypervisor, its devices and its guests, and what domain 0 does to them, in full view.</summary>
internal sealed class SimulatedHost : IActor, IDisposable
{
    private const int GuestMemoryBytes = 4096;
    private const int RegionsOfGuest = 2;
    private const int MostRegionsMade = 2048;

    private static int _regionsMade;

    private readonly SimulationOptions _options;
    private readonly Spectator _spectator;
    private readonly VirtualTime _time;
    private readonly Chance _chance;
    private readonly SimulatedGuest?[] _byDomain = new SimulatedGuest?[1 + Load.TraceFile.MostGuests];

    /// <summary>Makes a hypervisor with all its devices and guests.</summary>
    /// <param name="options">How the world is.</param>
    /// <param name="spectator">Who looks on.</param>
    /// <param name="time">The clock.</param>
    public SimulatedHost(SimulationOptions options, Spectator spectator, VirtualTime time)
    {
        (_options, _spectator, _time) = (options, spectator, time);
        _chance = new Chance(options.Seed, stream: 0);
        Hypervisor = new ReferenceHypervisor(new HypervisorOptions
        {
            TimeProvider = time,
            Slice = options.Slice,
            Grace = options.Grace,
            Policy = options.Policy,
            GuestMemoryBytes = GuestMemoryBytes,
        });
        Devices = new SimulatedDevice?[options.Devices];
        Guests = [.. Enumerable.Range(1, options.Guests).Select(number => new SimulatedGuest(number, options, spectator, time))];
    }

    /// <summary>Gets the hypervisor.</summary>
    public ReferenceHypervisor Hypervisor { get; }

    /// <summary>Gets the devices, each at its own number; <see langword="null"/> while one is not plugged in.</summary>
    public SimulatedDevice?[] Devices { get; }

    /// <summary>Gets the guests, the first of which has the number 1.</summary>
    public IReadOnlyList<SimulatedGuest> Guests { get; }

    /// <summary>Gets how often domain 0 let a guest go on.</summary>
    public long Resumptions { get; private set; }

    /// <summary>Plugs all devices in and adds all guests.</summary>
    public void Begin()
    {
        for (int device = 0; device < Devices.Length; device++)
            Plug(device);
        foreach (SimulatedGuest guest in Guests)
            Add(guest);
    }

    /// <summary>Finds the guest that a domain is.</summary>
    /// <param name="domain">The domain id.</param>
    public SimulatedGuest? GuestOf(int domain) => _byDomain.ElementAtOrDefault(domain);

    /// <summary>Adds a guest, with a domain id of the hypervisor's choice.</summary>
    /// <param name="guest">The guest.</param>
    public void Add(SimulatedGuest guest)
    {
        MakeRoom(RegionsOfGuest);
        Guest domain = Hypervisor.AddGuest();
        _byDomain[domain.Id.Value] = guest;
        guest.Come(domain);
        _spectator.See(new Observation(ObservationKind.Running, Guest: domain.Id.Value));
        foreach (DeviceUse use in guest.Uses)
            Join(use);
    }

    /// <summary>Removes a guest, whatever it does.</summary>
    /// <param name="guest">The guest.</param>
    public void Remove(SimulatedGuest guest)
    {
        Guest domain = guest.Domain;
        _spectator.See(new Observation(ObservationKind.Stopping, Guest: domain.Id.Value));
        Hypervisor.RemoveGuest(domain);
        _spectator.See(new Observation(ObservationKind.Stopped, Guest: domain.Id.Value));
        _byDomain[domain.Id.Value] = null;
        guest.Go();
    }

    /// <summary>Stops a guest, as when it crashed, and lets it go on later.</summary>
    /// <param name="guest">The guest.</param>
    public void Stop(SimulatedGuest guest)
    {
        _spectator.See(new Observation(ObservationKind.Stopping, Guest: guest.Id.Value));
        guest.Domain.Stop();
        NoticeStop(guest);
    }

    /// <summary>Notices that a guest was stopped or quarantined, and lets it go on later.</summary>
    /// <param name="guest">The guest.</param>
    public void NoticeStop(SimulatedGuest guest)
    {
        _spectator.See(new Observation(ObservationKind.Stopped, Guest: guest.Id.Value));
        guest.Pause();
        _time.Set(_time.NowNs + _chance.Around(Clock.Nanoseconds(_options.ResumeAfter)), this, guest.Number);
    }

    /// <summary>Unplugs a device: its owner and its waiters are told.</summary>
    /// <param name="number">Which.</param>
    public void Unplug(int number)
    {
        SimulatedDevice device = Devices[number]!;
        _spectator.See(new Observation(ObservationKind.Unplugging, device.Number));
        Hypervisor.RemoveDevice(device.Slot);
        Devices[number] = null;
        _spectator.See(new Observation(ObservationKind.Unplugged, device.Number));
        _spectator.See(new Observation(ObservationKind.Settled, device.Number, Word: device.Word, Second: device.Slot.Ownership.Waiting.Count()));
        foreach (DeviceUse use in UsesOf(number))
        {
            _spectator.See(new Observation(ObservationKind.Told, device.Number, use.Guest.Id.Value, Value: (long)use.Guest.EventsOf(device)));
            use.Pause(isUnplugged: true);
            use.Guest.Notice();
        }
    }

    /// <summary>Plugs a device in, into a slot of the hypervisor's choice.</summary>
    /// <param name="number">Which.</param>
    public void Plug(int number)
    {
        SimulatedDevice device = new(_spectator);
        device.PutInto(Hypervisor.AddDevice(device));
        Devices[number] = device;
        SeeTimes(ObservationKind.Plugged, device);
        foreach (DeviceUse use in UsesOf(number))
            Join(use);
    }

    /// <summary>Sets slice and grace of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="slice">The slice of weight 1.</param>
    /// <param name="grace">The grace.</param>
    public void SetTimes(SimulatedDevice device, TimeSpan slice, TimeSpan grace)
    {
        (device.Slot.Slice, device.Slot.Grace) = (slice, grace);
        SeeTimes(ObservationKind.Timed, device);
    }

    /// <summary>Sets a guest's weight at a device.</summary>
    /// <param name="use">Guest and device.</param>
    /// <param name="weight">The weight.</param>
    public void SetWeight(DeviceUse use, int weight)
    {
        _spectator.See(new Observation(ObservationKind.Weighed, use.Device!.Number, use.Guest.Id.Value, Value: weight));
        use.Device.Slot.SetWeight(use.Guest.Domain, weight);
    }

    /// <summary>Lets a guest go on that was stopped.</summary>
    /// <param name="cue">Which guest.</param>
    public void Act(int cue)
    {
        SimulatedGuest guest = Guests[cue - 1];
        if (!guest.IsThere || guest.Domain.State is not (GuestState.Stopped or GuestState.Quarantined))
            return; // It was removed meanwhile, and is another domain now.
        guest.Domain.Resume();
        Resumptions++;
        _spectator.See(new Observation(ObservationKind.Running, Guest: guest.Id.Value));
        foreach (DeviceUse use in guest.Uses)
        {
            if (use.Device is not null)
                use.Start();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Hypervisor.Dispose();

    private IEnumerable<DeviceUse> UsesOf(int device) =>
        Guests.Where(guest => guest.IsThere).SelectMany(guest => guest.Uses).Where(use => use.Number == device);

    /// <summary>Has memory unmapped now and then that nobody can reach any more.</summary>
    /// <param name="count">How many regions are made next.</param>
    private static void MakeRoom(int count)
    {
        // Only finalizers unmap, and nothing here allocates so much that the collector comes by itself before mappings or files run out.
        if (Interlocked.Add(ref _regionsMade, count) < MostRegionsMade)
            return;
        Volatile.Write(ref _regionsMade, 0);
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private void Join(DeviceUse use)
    {
        if (Devices[use.Number] is not { } device)
            return;
        MakeRoom(1);
        Hypervisor.Assign(use.Guest.Domain, device.Slot);
        use.PutTo(device);
        SetWeight(use, _options.WeightOf(use.Guest.Number));
        if (use.Guest.Domain.State == GuestState.Running)
            use.Start();
    }

    private void SeeTimes(ObservationKind kind, SimulatedDevice device) => _spectator.See(new Observation(
        kind, device.Number, Value: Clock.Nanoseconds(device.Slot.Slice), Second: Clock.Nanoseconds(device.Slot.Grace)));
}
