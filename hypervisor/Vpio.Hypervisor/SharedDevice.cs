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
    private readonly SliceClock _slices;
    private readonly ForcedStop _forcedStop;
    private readonly LatencyHistogram _upcallToRelease = new();
    private readonly Assignment?[] _assignments = new Assignment?[WaitSet<HardwareMemory>.MaxGuests];
    private readonly OwnershipSampler _sampler;
    private ulong _ended;
    private bool _isRemoved;
    private ulong _handOvers;
    private long _revokedAtNs;
    private SharingTerms _terms;

    internal SharedDevice(DeviceIndex index, IDevice device, HypervisorParts parts)
    {
        Index = index;
        Device = device;
        _page = parts.DevicePage;
        _clock = parts.Clock;
        _terms = parts.Options.Terms;
        _forcedStop = parts.ForcedStop;
        _slices = new SliceClock(parts.Clock, parts.Deadlines, this);
        _sampler = new OwnershipSampler(parts.Clock, parts.Deadlines, () => State, guest => AssignmentOf(guest)?.Account);
        WordPointer state = SlotWord.Of(parts.DevicePage, index);
        Gate = new DeviceGate(state, guest => Ownership!.Prefer(guest));
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
        CountGrants(),
        Volatile.Read(ref _handOvers),
        Volatile.Read(ref Slot.Revocations),
        Volatile.Read(ref Slot.ForcedStops),
        Clock.Span(_upcallToRelease.Percentile(0.50)),
        Clock.Span(_upcallToRelease.Percentile(0.99)),
        _upcallToRelease.Count);

    /// <summary>Gets or sets how long a guest of weight 1 may own the device while others wait, 100 µs to 1 s. Counts from the next slice on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter or longer.</exception>
    public TimeSpan Slice
    {
        get => Clock.Span(Terms.SliceNs);
        set
        {
            HypervisorOptions.CheckSpan(value, nameof(value));
            Change(terms => terms with { SliceNs = Clock.Nanoseconds(value) });
        }
    }

    /// <summary>Gets or sets how long an owner may take to release once it was asked to stop, 100 µs to 1 s. Counts from the next grace on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter or longer.</exception>
    public TimeSpan Grace
    {
        get => Clock.Span(Terms.GraceNs);
        set
        {
            HypervisorOptions.CheckSpan(value, nameof(value));
            Change(terms => terms with { GraceNs = Clock.Nanoseconds(value) });
        }
    }

    /// <summary>Gets or sets what becomes of an owner that outlives its grace. Counts for every grace that ends from now on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such policy.</exception>
    public OverrunPolicy Policy
    {
        get => Terms.Policy;
        set
        {
            HypervisorOptions.CheckPolicy(value, nameof(value));
            Change(terms => terms with { Policy = value });
        }
    }

    internal SharingTerms Terms => Volatile.Read(ref _terms);

    internal DeviceOwnership<HardwareMemory, DeviceEffects> Ownership { get; }

    internal DeviceGate Gate { get; }

    internal ref DeviceSlot Slot => ref DevicePage.WritableSlot(ref _page.At<DevicePage>(0), Index);

    /// <inheritdoc/>
    StateWord ISliceSubject.CurrentWord => Ownership.State;

    /// <summary>Tells how a guest used the device so far.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>The figures; zeros for a guest that the device was never assigned to.</returns>
    public OwnershipStatistics GetOwnershipStatistics(Guest guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        return guest.AssignmentOf(Index) is { } assignment ? assignment.Account.Read(assignment.Account.EndedCount, _clock.NowNs, assignment.IsOwned) : default;
    }

    /// <summary>Tells how many base slices long a guest's slices are.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Its weight, 1 to 16.</returns>
    /// <exception cref="InvalidOperationException">The device is not assigned to the guest.</exception>
    public int GetWeight(Guest guest) => ShareOf(guest).Weight;

    /// <summary>Makes a guest's slices longer or shorter than others', from its next slice on.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="weight">How many base slices long, 1 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is out of range.</exception>
    /// <exception cref="InvalidOperationException">The device is not assigned to the guest.</exception>
    public void SetWeight(Guest guest, int weight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, SliceShare.MinWeight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, SliceShare.MaxWeight);
        ShareOf(guest).Weight = weight;
    }

    /// <inheritdoc/>
    long ISliceSubject.TakeSliceNs(StateWord owned)
    {
        long baseNs = Terms.SliceNs;
        return AssignmentOf(owned.Owner)?.Share.TakeSliceNs(baseNs) ?? baseNs;
    }

    /// <inheritdoc/>
    void ISliceSubject.Overran(StateWord held, long overshootNs) => AssignmentOf(held.Owner)?.Share.Overran(overshootNs);

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
        if (!Ownership.TryTimeOut(revoking))
            return;
        CountForcedStop(revoking.Owner);
        if (Terms.Policy == OverrunPolicy.Stop)
            _forcedStop.StopOwner(this, revoking);
        else
            _forcedStop.DetachOwner(this, revoking, _clock.NowNs);
    }

    internal Assignment? AssignmentOf(DomainId guest) =>
        guest.Value is > 0 and <= WaitSet<HardwareMemory>.MaxGuests ? Volatile.Read(ref _assignments[guest.Value - 1]) : null;

    internal void Assign(Assignment assignment)
    {
        DomainId guest = assignment.Guest.Id;
        Ownership.Admit(guest);
        Gate.SetContext(guest, assignment.Context);
        Volatile.Write(ref _assignments[guest.Value - 1], assignment);
    }

    /// <summary>Shows the device in its slot, with nothing left of the one before it. The state word goes on.</summary>
    internal void HeadSlot()
    {
        Volatile.Write(ref Slot.DeviceClass, (uint)Device.Class);
        Volatile.Write(ref Slot.Waiters, 0);
        Volatile.Write(ref Slot.Grants, 0);
        Volatile.Write(ref Slot.ForcedStops, 0);
        Volatile.Write(ref Slot.Revocations, 0);
        Volatile.Write(ref Slot.SliceEndNs, 0);
        Volatile.Write(ref Slot.GraceEndNs, 0);
    }

    /// <summary>Forgets a guest that is gone; what it had of the device was taken from it before.</summary>
    internal void Unassign(Assignment assignment)
    {
        DomainId guest = assignment.Guest.Id;
        Volatile.Write(ref _assignments[guest.Value - 1], null);
        Gate.SetContext(guest, null);
        Device.RemoveContext(assignment.Context);
        assignment.Registers.Close();
    }

    /// <summary>Forgets the slot, which the next device has: nothing there is of this one any more.</summary>
    internal void Removed()
    {
        Volatile.Write(ref _isRemoved, true);
        _sampler.End();
    }

    internal void Raise(DomainId guest, DeviceEvents events) => AssignmentOf(guest)?.Guest.Upcalls.Raise(Index, events);

    internal void StartSlice(StateWord owned) => _slices.StartSlice(owned);

    internal void CutSlice(StateWord owned) => _slices.CutSlice(owned);

    internal void Joining(DomainId guest)
    {
        AssignmentOf(guest)?.Account.Joining(_clock.NowNs);
        Interlocked.Increment(ref Slot.Waiters);
    }

    internal void Left() => Interlocked.Decrement(ref Slot.Waiters);

    internal void Granting(DomainId guest, bool queued)
    {
        if (queued || !_sampler.IsOn)
            Time(guest, queued);
        else
            AssignmentOf(guest)?.Account.GrantingUntimed(); // A try that failed, or a look that came late, may have left a stamp.
    }

    internal void Granted(StateWord owned, bool queued)
    {
        Assignment? assignment = AssignmentOf(owned.Owner);
        ShowGrant(owned);
        assignment?.Guest.Body.OwnershipBegan(Index, owned);
        Gate.ContextOf(owned.Owner)?.OwnershipBegan();
        if (queued)
            assignment?.Account.GrantedInTurn();
    }

    internal void Ended(StateWord held)
    {
        Assignment? assignment = AssignmentOf(held.Owner);
        if (held.State == DeviceState.Revoking || _slices.IsTiming || assignment is { Account.IsTimed: true })
            TimedEnded(held, assignment);

        // In RECLAIMING, and so alone: no two count at once.
        Volatile.Write(ref _ended, _ended + 1);
        Volatile.Write(ref Slot.Grants, _ended);
        assignment?.Account.Ended();
        assignment?.Guest.Body.OwnershipEnded(Index);
        Gate.ContextOf(held.Owner)?.OwnershipEnded();
    }

    internal void Switch(DomainId from, DomainId to)
    {
        Gate.ContextOf(from)?.Save();
        Gate.ContextOf(to)?.Load();

        // After a forced stop no context is loaded, and the device changes hands all the same.
        if (from.IsValid || Volatile.Read(ref _ended) > 0)
            Interlocked.Increment(ref _handOvers);
    }

    // Those that ended first: one that ends meanwhile is counted once or not yet.
    private ulong CountGrants()
    {
        ulong ended = Volatile.Read(ref _ended);
        return State.IsHeld && !Volatile.Read(ref _isRemoved) ? ended + 1 : ended;
    }

    private void Time(DomainId guest, bool queued)
    {
        long nowNs = _clock.NowNs;
        AssignmentOf(guest)?.Account.Granting(nowNs);
        if (!queued)
            _sampler.Note(nowNs);
    }

    /// <summary>Counts the present ownership too, where guests see it. One that ended meanwhile was counted by who ended it.</summary>
    private void ShowGrant(StateWord owned)
    {
        ulong grants = Volatile.Read(ref _ended) + 1;
        if (State == owned)
            Volatile.Write(ref Slot.Grants, grants);
    }

    private void TimedEnded(StateWord held, Assignment? assignment)
    {
        long nowNs = _clock.NowNs;
        if (held.State == DeviceState.Revoking)
            _upcallToRelease.Add(nowNs - Volatile.Read(ref _revokedAtNs));
        if (_slices.IsTiming)
            _slices.Ended(held, nowNs);
        assignment?.Account.TimedEnded(nowNs);
    }

    private void Revoke(StateWord owned)
    {
        Interlocked.Increment(ref Slot.Revocations);
        AssignmentOf(owned.Owner)?.Account.Revoked();
        _slices.StartGrace(owned.With(DeviceState.Revoking), Terms.GraceNs);
        Raise(owned.Owner, DeviceEvents.Revoke);
    }

    private void CountForcedStop(DomainId guest)
    {
        Interlocked.Increment(ref Slot.ForcedStops);
        AssignmentOf(guest)?.Account.ForciblyStopped();
    }

    private SliceShare ShareOf(Guest guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        return AssignmentOf(guest.Id) is { } assignment && assignment.Guest == guest
            ? assignment.Share
            : throw new InvalidOperationException($"{Index} is not assigned to guest {guest.Id}; assign it first.");
    }

    private void Change(Func<SharingTerms, SharingTerms> change)
    {
        SharingTerms seen;
        do
        {
            seen = Terms;
        }
        while (Interlocked.CompareExchange(ref _terms, change(seen), seen) != seen);
    }
}
