using Vpio.Abi;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>
/// Are the planted bugs: each changes what one access of the shipping code does, or what it is made to see, and so makes a broken twin of
/// that code that cannot go stale. What the twin no longer comes across, its test notices.
/// </summary>
internal static class Plants
{
    /// <summary>A grab looks whether the word is as expected, and then stores the new one.</summary>
    public static Plant LoadThenStoreGrab(Planting planting) => (rehearsal, access) =>
    {
        if (!Replaces(planting, access, DeviceState.Free) || !new StateWord(access.Value).Owner.IsValid)
            return rehearsal.Step(access);
        rehearsal.Planted();
        ulong seen = rehearsal.Step(new Access(AccessKind.Load, access.Word));
        if (seen == access.Expected)
            rehearsal.Step(new Access(AccessKind.Store, access.Word, access.Value));
        return seen;
    };

    /// <summary>The timer compares state and owner only, and takes the owner's next ownership for the one that it timed.</summary>
    public static Plant NoGeneration(Planting planting) => (rehearsal, access) =>
    {
        if (access.Word != planting.State || !planting.Is(rehearsal, "timer") || access.Kind is not (AccessKind.Load or AccessKind.CompareExchange))
            return rehearsal.Step(access);
        rehearsal.Planted();
        StateWord seen = new(rehearsal.Step(new Access(AccessKind.Load, access.Word)));
        if (access.Kind == AccessKind.Load)
            return new StateWord(seen.State, seen.Owner, new StateWord(rehearsal.Call.Memory).Generation).Value;
        StateWord expected = new(access.Expected);
        if (seen.State != expected.State || seen.Owner != expected.Owner)
            return seen.Value;
        ulong next = new StateWord(new StateWord(access.Value).State, new StateWord(access.Value).Owner, seen.Generation).Value;
        return rehearsal.Step(access with { Value = next, Expected = seen.Value }) == seen.Value ? access.Expected : 0;
    };

    /// <summary>A joiner does not look at the word again once its bit is set.</summary>
    public static Plant NoSecondLook(Planting planting) => (rehearsal, access) =>
    {
        if (access.Kind != AccessKind.Load || access.Word != planting.State || Back(rehearsal, 2) is not { Kind: AccessKind.Or } or || or.Word != planting.Waiting)
            return rehearsal.Step(access);
        rehearsal.Planted();
        return new StateWord(DeviceState.Reclaiming, DomainId.Invalid, default).Value;
    };

    /// <summary>Who makes the device FREE does not look for waiters again: one that is just joining is ignored.</summary>
    public static Plant JoiningGuestIgnored(Planting planting) => (rehearsal, access) =>
    {
        if (!LooksForWaitersAfter(planting, rehearsal, access, AccessKind.Exchange))
            return rehearsal.Step(access);
        rehearsal.Planted();
        return 0;
    };

    /// <summary>A joiner's bit is set by a plain store: no full fence before the second look.</summary>
    public static Plant QueuedWithoutFence(Planting planting) => (rehearsal, access) =>
    {
        if (access.Kind != AccessKind.Or || access.Word != planting.Waiting)
            return rehearsal.Step(access);
        rehearsal.Planted();
        return rehearsal.Step(access with { Kind = AccessKind.OrLater });
    };

    /// <summary>A revocation stores REVOKING, whatever the word is by then.</summary>
    public static Plant RevokeByPlainStore(Planting planting) => (rehearsal, access) =>
    {
        if (!Replaces(planting, access, DeviceState.Owned) || new StateWord(access.Value).State != DeviceState.Revoking)
            return rehearsal.Step(access);
        rehearsal.Planted();
        rehearsal.Step(new Access(AccessKind.Store, access.Word, access.Value));
        return access.Expected;
    };

    /// <summary>A timeout takes effect also when the release came first.</summary>
    public static Plant TimeoutAndReleaseBoth(Planting planting) => (rehearsal, access) =>
    {
        if (!Replaces(planting, access, DeviceState.Revoking) || !planting.Is(rehearsal, "timer"))
            return rehearsal.Step(access);
        rehearsal.Planted();
        rehearsal.Step(new Access(AccessKind.Exchange, access.Word, access.Value));
        return access.Expected;
    };

    /// <summary>A grab that finds the device FREE does not look whether anybody waits.</summary>
    public static Plant Barging(Planting planting) => (rehearsal, access) =>
    {
        if (!LooksForWaitersAfter(planting, rehearsal, access, AccessKind.Load))
            return rehearsal.Step(access);
        rehearsal.Planted();
        return 0;
    };

    /// <summary>A stopped guest stays in the queue, and who comes to it there does not skip it.</summary>
    public static Plant StoppedGuestNeverSkipped(Planting planting) => (rehearsal, access) =>
    {
        if (access.Kind == AccessKind.And && access.Word == planting.Waiting && planting.Is(rehearsal, "stop of 2"))
        {
            rehearsal.Planted();
            return 0;
        }

        bool looks = access.Kind == AccessKind.Load && access.Word != planting.State && access.Word != planting.Waiting
            && Back(rehearsal, 1) is { Kind: AccessKind.Exchange } published && published.Word == planting.State
            && new StateWord(published.Value).State == DeviceState.Owned;
        if (!looks)
            return rehearsal.Step(access);
        rehearsal.Planted();
        return 0;
    };

    /// <summary>Who stops an owner makes the device FREE and wakes nobody.</summary>
    public static Plant NobodyWokenAfterStop(Planting planting) => (rehearsal, access) =>
    {
        bool looks = access.Kind == AccessKind.Load && access.Word == planting.Waiting && planting.Is(rehearsal, "stop of 1");
        if (!looks)
            return rehearsal.Step(access);
        rehearsal.Planted();
        return 0;
    };

    /// <summary>A stop does not wait for the calls of the guest that are under way.</summary>
    public static Plant NoDrain(Planting planting) => (rehearsal, access) =>
    {
        // The first exchange of a drain begins it, the others turn the counters; a look at another word follows those only to wait.
        bool drains = access.Kind == AccessKind.Load && planting.Is(rehearsal, "stop of 1")
            && Back(rehearsal, 1) is { Kind: AccessKind.Exchange } turned && turned.Word != access.Word
            && rehearsal.Past.Count(past => past.Access.Kind == AccessKind.Exchange) > 1;
        if (!drains)
            return rehearsal.Step(access);
        rehearsal.Planted();
        return 0;
    };

    /// <summary>The device announces its batch by a plain store: no full fence before it looks at the word.</summary>
    public static Plant BatchWithoutFence(Planting planting) => (rehearsal, access) =>
    {
        if (access.Kind != AccessKind.Exchange || !planting.Is(rehearsal, "device"))
            return rehearsal.Step(access);
        rehearsal.Planted();
        rehearsal.Step(access with { Kind = AccessKind.Store });
        return 0;
    };

    /// <summary>A joiner that finds itself named takes its bit back at once, as if another thread of its guest had been granted.</summary>
    public static Plant NamedJoinerLeaves(Planting planting) => (rehearsal, access) =>
    {
        ulong result = rehearsal.Step(access);
        bool looksAgain = access.Kind == AccessKind.Load && access.Word == planting.State
            && Back(rehearsal, 3) is { Kind: AccessKind.Or } or && or.Word == planting.Waiting;
        if (!looksAgain || new StateWord(result) is not { State: DeviceState.Reclaiming, Owner.IsValid: true } named || named.Owner.Value != rehearsal.Actor + 1)
            return result;
        rehearsal.Planted();
        return named.With(DeviceState.Owned).Value;
    };

    private static bool Replaces(Planting planting, Access access, DeviceState from) =>
        access.Kind == AccessKind.CompareExchange && access.Word == planting.State && new StateWord(access.Expected).State == from;

    /// <summary>Tells whether this is the first look at the waiters after FREE was published, or was seen.</summary>
    private static bool LooksForWaitersAfter(Planting planting, Rehearsal rehearsal, Access access, AccessKind free)
    {
        if (access.Kind != AccessKind.Load || access.Word != planting.Waiting || rehearsal.Past.Count < 2)
            return false;
        (Access before, ulong result) = rehearsal.Past[^2];
        return before.Kind == free && before.Word == planting.State
            && new StateWord(free == AccessKind.Load ? result : before.Value).State == DeviceState.Free;
    }

    private static Access? Back(Rehearsal rehearsal, int steps) =>
        rehearsal.Past.Count < steps ? null : rehearsal.Past[^steps].Access;
}
