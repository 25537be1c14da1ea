using System.Numerics;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;
using Vpio.Simulation.Checking;
using Vpio.Simulation.Course;

namespace Vpio.Simulation.Hosting;

/// <summary>Is a guest without a thread: it makes bare hypercalls, and looks at its page a while after it was notified.</summary>
internal sealed class SimulatedGuest : IActor
{
    private readonly SimulationOptions _options;
    private readonly Spectator _spectator;
    private readonly VirtualTime _time;
    private readonly Chance _chance;
    private Guest? _domain;
    private uint _notified;
    private int _life;

    /// <summary>Makes a guest that is not there yet.</summary>
    /// <param name="number">Which guest it is, from 1.</param>
    /// <param name="options">How the world is.</param>
    /// <param name="spectator">Who sees what it does.</param>
    /// <param name="time">The clock.</param>
    public SimulatedGuest(int number, SimulationOptions options, Spectator spectator, VirtualTime time)
    {
        (Number, _options, _spectator, _time) = (number, options, spectator, time);
        _chance = new Chance(options.Seed, number);
        Uses = [.. options.DevicesOf(number).Select(device => new DeviceUse(this, device, options.Load.For(number, _chance), options, time))];
    }

    /// <summary>Gets which guest it is, from 1: what it is, whichever domain id it has.</summary>
    public int Number { get; }

    /// <summary>Gets its uses of devices.</summary>
    public IReadOnlyList<DeviceUse> Uses { get; }

    /// <summary>Gets whether it ignores that it is asked to stop.</summary>
    public bool IsHog => _options.IsHog(Number);

    /// <summary>Gets the domain that it is at present.</summary>
    public Guest Domain => _domain ?? throw new InvalidOperationException($"Guest {Number} is not there.");

    /// <summary>Gets whether it is there, running or stopped.</summary>
    public bool IsThere => _domain is not null;

    /// <summary>Gets its domain id.</summary>
    public DomainId Id => Domain.Id;

    /// <inheritdoc/>
    public void Act(int cue)
    {
        if (cue == _life)
            LookAtPage();
    }

    /// <summary>Comes, as a domain.</summary>
    /// <param name="domain">The domain.</param>
    public void Come(Guest domain)
    {
        _domain = domain;
        _notified = 0;
        _life++;
    }

    /// <summary>Goes: what it was about to look at concerns nobody any more.</summary>
    public void Go()
    {
        foreach (DeviceUse use in Uses)
            use.Pause(isUnplugged: true);
        _domain = null;
        _life++;
    }

    /// <summary>Stops running.</summary>
    public void Pause()
    {
        foreach (DeviceUse use in Uses)
            use.Pause(isUnplugged: false);
    }

    /// <summary>Sees whether it was notified, and if so, looks at its page in a while.</summary>
    public void Notice()
    {
        if (_domain is null)
            return;
        uint notified = Volatile.Read(ref _domain.Port.GuestPage.NotifySequence);
        if (notified == _notified)
            return;
        _notified = notified;
        _time.Set(_time.NowNs + _chance.Around(_options.Reaction.Ticks * VirtualTime.TimerStepNs), this, _life);
    }

    /// <summary>Peeks at what its page says of a device, and takes nothing.</summary>
    /// <param name="device">The device.</param>
    public DeviceEvents EventsOf(SimulatedDevice device) =>
        (DeviceEvents)Volatile.Read(ref GuestPage.Events(ref Domain.Port.GuestPage, device.Slot.Index));

    /// <summary>Reads the state word where guests read it.</summary>
    /// <param name="device">The device.</param>
    public StateWord WordOf(SimulatedDevice device) => DeviceSlot.ReadState(in DevicePage.Slot(in Domain.Port.DevicePage, device.Slot.Index));

    /// <summary>Asks for a device, ready to wait.</summary>
    /// <param name="device">The device.</param>
    /// <param name="generation">The ownership, when it got the device at once.</param>
    public DeviceStatus Grab(SimulatedDevice device, out ulong generation)
    {
        device.IsTouched = true;
        _spectator.See(new Observation(ObservationKind.Asked, device.Number, Id.Value));
        DeviceStatus status = Call(DeviceOp.Grab, device.Slot.Index.Value | ((ulong)GrabArgs.Queue << 32), 0, out generation);
        _spectator.See(new Observation(ObservationKind.Answered, device.Number, Id.Value, Value: (long)status));
        return status;
    }

    /// <summary>Gives a device back.</summary>
    /// <param name="device">The device.</param>
    /// <param name="generation">The ownership.</param>
    public void Release(SimulatedDevice device, ulong generation)
    {
        _spectator.See(new Observation(ObservationKind.Releasing, device.Number, Id.Value, Value: (long)generation));
        DeviceStatus status = Call(DeviceOp.Release, device.Slot.Index.Value, generation, out _);
        _spectator.See(new Observation(ObservationKind.Released, device.Number, Id.Value, Value: (long)status));
    }

    /// <summary>Asks to wait no more.</summary>
    /// <param name="device">The device.</param>
    public DeviceStatus Cancel(SimulatedDevice device)
    {
        device.IsTouched = true;
        DeviceStatus status = Call(DeviceOp.Cancel, device.Slot.Index.Value, 0, out _);
        _spectator.See(new Observation(ObservationKind.Cancelled, device.Number, Id.Value, Value: (long)status));
        return status;
    }

    private DeviceStatus Call(DeviceOp operation, ulong first, ulong second, out ulong output)
    {
        DeviceOpArgument argument = new() { Input0 = first, Input1 = second };
        DeviceStatus status = (DeviceStatus)Domain.Port.Call((uint)operation, ref argument);
        output = argument.Output;
        return status;
    }

    private void LookAtPage()
    {
        ref GuestPage page = ref Domain.Port.GuestPage;

        // ORDER full: pending is cleared before the events are looked at, as guests do. Pairs with words.SetPending in UpcallOrder.Raise.
        Interlocked.Exchange(ref page.UpcallPending, 0);
        ulong selector = Interlocked.Exchange(ref page.PendingSelector, 0);
        for (; selector != 0; selector &= selector - 1)
        {
            DeviceIndex device = new((uint)BitOperations.TrailingZeroCount(selector));
            DeviceEvents events = (DeviceEvents)Interlocked.Exchange(ref GuestPage.Events(ref page, device), 0);
            foreach (DeviceUse use in Uses)
            {
                if (use.Device?.Slot.Index == device)
                    use.Look(events);
            }
        }
    }
}
