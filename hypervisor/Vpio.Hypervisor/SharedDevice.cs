using Vpio.Abi;
using Vpio.Hypervisor.Devices;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Ownership;
using Vpio.Hypervisor.Scheduling;
using Vpio.Hypervisor.Tracing;

namespace Vpio.Hypervisor;

/// <summary>Is a device in its slot of the device page: who owns it, for how long, and what that took.</summary>
public sealed class SharedDevice : ISliceSubject
{
    private readonly Mapping _page;
    private readonly Clock _clock;
    private readonly HypervisorOptions _options;
    private readonly SliceClock _slices;
    private readonly ForcedStop _forcedStop;
    private readonly LatencyHistogram _upcallToRelease = new();
    private readonly Assignment?[] _assignments = new Assignment?[WaitSet<HardwareMemory>.MaxGuests];
    private ulong _grants;
    private ulong _handOvers;
    private long _revokedAtNs;

    internal SharedDevice(DeviceIndex index, IDevice device, HypervisorParts parts)
    {
        Index = index;
        Device = device;
        _page = parts.DevicePage;
        _clock = parts.Clock;
        _options = parts.Options;
        _forcedStop = parts.ForcedStop;
        _slices = new SliceClock(parts.Clock, parts.Deadlines, this);
        WordPointer state = SlotWord.Of(parts.DevicePage, index);
        Gate = new DeviceGate(state);
        Ownership = new DeviceOwnership<HardwareMemory, DeviceEffects>(state, parts.Marks, new DeviceEffects(this));
    }

    /// <summary>Gets which slot it is.</summary>
    public DeviceIndex Index { get; }

    /// <summary>Gets the device.</summary>
    public IDevice Device { get; }

    /// <summary>Gets the state word as it is now.</summary>
    public StateWord State => Ownership.State;

    /// <summary>Gets how the device was shared so far.</summary>
    public DeviceStatistics Statistics => new(
        Volatile.Read(ref _grants),
        Volatile.Read(ref _handOvers),
        Volatile.Read(ref Slot.Revocations),
        Volatile.Read(ref Slot.ForcedStops),
        Clock.Span(_upcallToRelease.Percentile(0.50)),
        Clock.Span(_upcallToRelease.Percentile(0.99)),
        _upcallToRelease.Count);

    internal long SliceNs => Clock.Nanoseconds(_options.Slice);

    internal long GraceNs => Clock.Nanoseconds(_options.Grace);

    internal DeviceOwnership<HardwareMemory, DeviceEffects> Ownership { get; }

    internal DeviceGate Gate { get; }

    internal ref DeviceSlot Slot => ref DevicePage.WritableSlot(ref _page.At<DevicePage>(0), Index);

    /// <inheritdoc/>
    StateWord ISliceSubject.CurrentWord => Ownership.State;

    /// <summary>Tells how a guest used the device so far.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>The figures; zeros for a guest that the device was never assigned to.</returns>
    public OwnershipStatistics StatisticsOf(Guest guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        StateWord word = State;
        return guest.AssignmentOf(Index)?.Account.Read(_clock.NowNs, word.IsHeld && word.Owner == guest.Id) ?? default;
    }

    /// <inheritdoc/>
    void ISliceSubject.ShowSliceEnd(long endNs) => Volatile.Write(ref Slot.SliceEndNs, (ulong)endNs);

    /// <inheritdoc/>
    void ISliceSubject.ShowGraceEnd(long endNs) => Volatile.Write(ref Slot.GraceEndNs, (ulong)endNs);

    /// <inheritdoc/>
    void ISliceSubject.SliceUsedUp(StateWord owned)
    {
        // Before the exchange: who ends the ownership after it reads the time.
        Volatile.Write(ref _revokedAtNs, _clock.NowNs);
        switch (Ownership.TryRevoke(owned))
        {
            case RevokeOutcome.Begun:
                Revoke(owned);
                break;
            case RevokeOutcome.NobodyWaits:
                _slices.Forget(owned);
                if (Ownership.Waiting.AnyBesides(owned.Owner))
                    StartSlice(owned); // Who joined before the slice was forgotten took it for running.
                break;
        }
    }

    /// <inheritdoc/>
    void ISliceSubject.GraceUsedUp(StateWord revoking)
    {
        if (Ownership.TryTimeOut(revoking, out StateWord reclaiming))
            _forcedStop.StopOwner(this, revoking.Owner, reclaiming);
    }

    internal Assignment? AssignmentOf(DomainId guest) =>
        guest.Value is > 0 and <= WaitSet<HardwareMemory>.MaxGuests ? Volatile.Read(ref _assignments[guest.Value - 1]) : null;

    internal void Assign(Assignment assignment)
    {
        DomainId guest = assignment.Guest.Id;
        Ownership.Waiting.Admit(guest);
        Gate.SetContext(guest, assignment.Context);
        Volatile.Write(ref _assignments[guest.Value - 1], assignment);
    }

    /// <summary>Shows the device in its slot, with nothing left of the one before it. The state word goes on.</summary>
    internal void HeadSlot()
    {
        Slot.DeviceClass = (uint)Device.Class;
        Slot.Waiters = 0;
        Slot.Grants = 0;
        Slot.ForcedStops = 0;
        Slot.Revocations = 0;
        _slices.Ended();
    }

    /// <summary>Forgets a guest that is gone; what it had of the device was taken from it before.</summary>
    internal void Unassign(Assignment assignment)
    {
        DomainId guest = assignment.Guest.Id;
        Volatile.Write(ref _assignments[guest.Value - 1], null);
        Gate.SetContext(guest, null);
        Device.RemoveContext(assignment.Context);
    }

    internal void CountForcedStop(DomainId guest)
    {
        Interlocked.Increment(ref Slot.ForcedStops);
        AssignmentOf(guest)?.Account.ForciblyStopped();
    }

    internal void Raise(DomainId guest, DeviceEvents events) => AssignmentOf(guest)?.Guest.Upcalls.Raise(Index, events);

    internal void StartSlice(StateWord owned) => _slices.StartSlice(owned, SliceNs);

    internal void Joining(DomainId guest)
    {
        AssignmentOf(guest)?.Account.Joining(_clock.NowNs);
        Interlocked.Increment(ref Slot.Waiters);
    }

    internal void Left() => Interlocked.Decrement(ref Slot.Waiters);

    internal void Granting(DomainId guest) => AssignmentOf(guest)?.Account.Granting(_clock.NowNs);

    internal void Granted(StateWord owned, bool queued)
    {
        Volatile.Write(ref Slot.Grants, Interlocked.Increment(ref _grants));
        AssignmentOf(owned.Owner)?.Account.Granted(queued);
        Gate.ContextOf(owned.Owner)?.OwnershipBegan();
        if (queued)
            Raise(owned.Owner, DeviceEvents.Granted);
    }

    internal void Ended(StateWord held)
    {
        long nowNs = _clock.NowNs;
        if (held.State == DeviceState.Revoking)
            _upcallToRelease.Add(nowNs - Volatile.Read(ref _revokedAtNs));
        _slices.Ended();
        AssignmentOf(held.Owner)?.Account.Ended(nowNs);
        Gate.ContextOf(held.Owner)?.OwnershipEnded();
    }

    internal void Switch(DomainId from, DomainId to)
    {
        Gate.ContextOf(from)?.Save();
        Gate.ContextOf(to)?.Load();

        // After a forced stop no context is loaded, and the device changes hands all the same.
        if (from.IsValid || Volatile.Read(ref _grants) > 0)
            Interlocked.Increment(ref _handOvers);
    }

    private void Revoke(StateWord owned)
    {
        Interlocked.Increment(ref Slot.Revocations);
        AssignmentOf(owned.Owner)?.Account.Revoked();
        _slices.StartGrace(owned.With(DeviceState.Revoking), GraceNs);
        Raise(owned.Owner, DeviceEvents.Revoke);
    }
}
