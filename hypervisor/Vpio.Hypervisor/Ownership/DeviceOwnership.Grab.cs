using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Says how a grab ended.</summary>
internal enum GrabOutcome
{
    /// <summary>The caller owns the device.</summary>
    Owned,

    /// <summary>The caller waits; a GRANTED upcall follows.</summary>
    Queued,

    /// <summary>Another owns it, or others wait.</summary>
    Busy,

    /// <summary>The caller owns it already, or is about to.</summary>
    AlreadyOwned,

    /// <summary>The device is offline.</summary>
    Offline,

    /// <summary>The caller is stopped.</summary>
    Stopped,
}

/// <content>
/// Grab: FREE → OWNED, or into the wait set.
///
/// No lost wake-up (rule 3): a joiner sets its bit and then looks at the state; who makes the device FREE does so and then
/// looks at the bits. Both steps are full fences, so at least one of them sees the other, and that one grants.
/// No barging (rule 3): a grab that finds FREE and a waiter grants to the waiter, and only then looks again for itself.
/// </content>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
{
    /// <summary>Asks for the device.</summary>
    /// <param name="guest">Who asks.</param>
    /// <param name="queue">Whether to wait when it is not to be had.</param>
    /// <param name="owned">The ownership, when the outcome is <see cref="GrabOutcome.Owned"/>.</param>
    /// <returns>How it ended. Whether a lost exchange makes a try fail is decided by looking again, never by the loss itself.</returns>
    public GrabOutcome Grab(DomainId guest, bool queue, out StateWord owned)
    {
        owned = default;
        for (int turn = 0; ; turn++)
        {
            StateWord seen = State;
            GrabOutcome? outcome = seen switch
            {
                { State: DeviceState.Offline } => GrabOutcome.Offline,
                _ when seen.Owner == guest => AskWhenNamed(guest, queue, seen, turn),
                { State: DeviceState.Free } => TakeOrLetNextPass(guest, seen, out owned),
                _ => queue ? Join(guest) : GrabOutcome.Busy,
            };
            if (outcome is { } ended)
                return ended;
        }
    }

    private GrabOutcome? AskWhenNamed(DomainId guest, bool queue, StateWord seen, int turn)
    {
        if (seen.IsHeld)
            return GrabOutcome.AlreadyOwned;

        // RECLAIMING names the guest before its bit is claimed. With the bit still there the wait stands.
        if (_waiting.Contains(guest))
            return queue ? GrabOutcome.Queued : GrabOutcome.AlreadyOwned;

        // Without it the grant is either certain or, after a cancel, about to be withdrawn: a few steps decide.
        TMemory.Pause(turn);
        return null;
    }

    private GrabOutcome? TakeOrLetNextPass(DomainId guest, StateWord free, out StateWord owned)
    {
        owned = default;
        if (_waiting.Any())
        {
            TryGrantFrom(free);
            return null;
        }

        return TryTake(guest, free, out owned);
    }

    private GrabOutcome? TryTake(DomainId guest, StateWord free, out StateWord owned)
    {
        // FREE with one generation stands for one loaded context: whatever changes the context takes another generation.
        // So if the exchange below succeeds, the context is still what was read here.
        DomainId context = LoadedContext;
        owned = free.NextGrant(DeviceState.Owned, guest);
        _effects.Granting(guest, queued: false);
        if (context == guest)
        {
            if (!TryReplace(free, owned))
                return null;
        }
        else
        {
            if (!TryReplace(free, owned.With(DeviceState.Reclaiming)))
                return null;
            SwitchContext(context, guest);
            Publish(owned);
        }

        EndPreference(guest);
        _effects.Granted(owned, queued: false);
        return Settle(owned) ? GrabOutcome.Owned : GrabOutcome.Stopped;
    }

    private GrabOutcome? Join(DomainId guest)
    {
        _effects.Joining(guest);
        if (_waiting.Add(guest))
            return LookAgain(guest);
        _effects.Left();
        return GrabOutcome.Queued;
    }

    /// <summary>The joiner's second look: whatever happened before its bit was seen, it must now see to itself.</summary>
    private GrabOutcome? LookAgain(DomainId guest)
    {
        if (_marks.IsSet(guest))
        {
            Leave(guest);
            return GrabOutcome.Stopped;
        }

        StateWord seen = State;
        for (int turn = 0; seen.Owner == guest && !seen.IsHeld; turn++)
        {
            // Named, for this bit or for what another thread of this guest asked: a few steps decide which. Were the bit taken back
            // at once, the granter would withdraw the name, and the two could go on like that for ever.
            TMemory.Pause(turn);
            seen = State;
        }

        if (seen.Owner == guest)
        {
            // Another thread of this guest got its wait granted just now. A bit that is still there came too late for
            // that grant and must not start another; one that is gone was what the grant took.
            return Leave(guest) ? null : GrabOutcome.Queued;
        }

        switch (seen.State)
        {
            case DeviceState.Offline:
                // Plugged in again since, it may have been granted already; or the unplug took the bit. An upcall says which.
                return Leave(guest) ? GrabOutcome.Offline : GrabOutcome.Queued;
            case DeviceState.Free:
                TryGrantFrom(seen);
                return GrabOutcome.Queued;
            case DeviceState.Owned:
                _effects.StartSlice(seen);
                if (_preferred.Contains(guest))
                    CutSliceOf(seen, guest);
                return GrabOutcome.Queued;
            default:
                return GrabOutcome.Queued;
        }
    }

    private bool Leave(DomainId guest)
    {
        bool left = _waiting.TryClaim(guest);
        if (left)
            _effects.Left();
        return left;
    }
}
