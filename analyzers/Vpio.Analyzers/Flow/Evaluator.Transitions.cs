using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>What operations do to the hold of the device that is followed, and what is wrong with them.</summary>
internal sealed partial class Evaluator
{
    /// <summary>Finds whether an operation is on the device that is followed, and notes what is seen of it otherwise.</summary>
    private bool IsOn(DeviceSet devices, SyntaxNode site)
    {
        analysis.Discover(devices);
        if (walk.Followed is not { } followed)
            return false;
        Concern concern = devices.ConcernOf(followed);
        bool here = concern == Concern.Yes || (concern == Concern.Perhaps && _choices.Take(2) == 0);
        if (_state.Hold.Kind != HoldKind.Silent)
            analysis.Findings.NotePresence(site, followed, _state.Hold is { Kind: HoldKind.Held, MaybeLost: false });
        if (here)
            frame.Concern();
        return here;
    }

    private void Touch(DeviceSet devices, SyntaxNode site, DeviceUse kind, bool quiesce, bool shared, HandleValue? through)
    {
        if (RefuseInUpcall(devices, site))
            return;

        // A path that something was reported on says neither that this is right nor that it is wrong.
        if (!IsOn(devices, site) || _state.Hold.Kind == HoldKind.Silent)
            return;
        Hold hold = _state.Hold;
        Verdict verdict = hold.Kind switch
        {
            HoldKind.Held when hold.MaybeLost || (hold.StopKnown && !quiesce) => Verdict.Revoked,
            HoldKind.Held when hold.Shared && !shared => Verdict.SharedOnly,
            HoldKind.Held when through is not null && hold.Origin == HoldOrigin.Grab && !ReferenceEquals(hold.Scope, through.Site) => Verdict.AfterRelease,
            HoldKind.NotHeld when hold.Hint is not null => Verdict.Hint,
            HoldKind.NotHeld => Verdict.NotHeld,
            HoldKind.Released => Verdict.AfterRelease,
            HoldKind.Lost => Verdict.Revoked,
            _ => Verdict.Fine,
        };
        Conclude(site, kind, verdict);
    }

    private bool RefuseInUpcall(DeviceSet devices, SyntaxNode site)
    {
        if (frame.Contract.RevocationHandler)
            analysis.Findings.Note("VPIO1019", site, null, $"in a revocation upcall: note there that '{Names(devices)}' is wanted, and leave the rest to who holds it");
        return frame.Contract.RevocationHandler;
    }

    private void UseView(ViewValue view, SyntaxNode site)
    {
        if (!IsOn(view.Devices, site))
            return;
        Hold hold = _state.Hold;
        if (hold.Kind is HoldKind.Silent or HoldKind.Private)
            return;
        Verdict verdict = view.Dead || hold.Kind == HoldKind.Released ? Verdict.AfterRelease
            : hold.Kind == HoldKind.Lost || hold.MaybeLost || hold.StopKnown ? Verdict.Revoked
            : Verdict.Fine;
        Conclude(site, DeviceUse.Touch, verdict);
    }

    private void Grab(DeviceSet devices, SyntaxNode site, SyntaxNode? scope, bool scopeIsRefLike, bool shared, bool reentrant)
    {
        if (RefuseInUpcall(devices, site))
            return;
        if (!IsOn(devices, site))
            return;
        Hold hold = _state.Hold;
        if (hold.Kind == HoldKind.Held && !reentrant)
        {
            if (hold.MaybeLost)
                analysis.Findings.Note(site, walk.Followed!, DeviceUse.Grab, Verdict.Fine, null, _part);
            Conclude(site, DeviceUse.Grab, Verdict.Held);
            return;
        }

        if (analysis.Swallows(site))
        {
            Silence();
            return;
        }

        analysis.Findings.Note(site, walk.Followed!, DeviceUse.Grab, Verdict.Fine, null, _part);
        if (hold.Kind == HoldKind.Held && hold.Grabs.IsFull)
        {
            Silence();
            return;
        }

        Grabs outer = hold.Kind == HoldKind.Held ? hold.Grabs : Grabs.Empty;
        bool stillGiven = hold.Kind == HoldKind.Held && hold.Origin != HoldOrigin.Grab;
        SetHold(new Hold(HoldKind.Held)
        {
            Grabs = outer.Push(site),
            Origin = stillGiven ? hold.Origin : HoldOrigin.Grab,
            Scope = scope,
            ScopeIsRefLike = scopeIsRefLike,
            Shared = shared,
            Dropped = hold.Dropped,
        });
    }

    private void Release(DeviceSet devices, SyntaxNode site, HandleValue? through, bool idempotent, bool pauses)
    {
        if (!IsOn(devices, site))
            return;
        Hold hold = _state.Hold;
        if (idempotent && through is not null)
        {
            bool owns = hold.Kind == HoldKind.Held && (hold.Origin != HoldOrigin.Grab || ReferenceEquals(hold.Scope, through.Site));
            if (owns || hold.Kind == HoldKind.Silent)
                EndHold(site);
            return;
        }

        switch (hold.Kind)
        {
            case HoldKind.Held:
                bool doubtful = hold.MaybeLost || hold.Origin == HoldOrigin.Asserted || (hold.IsOwn && hold.Scope is not null && through is null && !pauses);
                analysis.Findings.Note(site, walk.Followed!, DeviceUse.Release, Verdict.Fine, null, _part);
                if (doubtful)
                    Conclude(site, DeviceUse.Release, Verdict.Perhaps);
                else
                    EndHold(site);
                break;
            case HoldKind.Silent:
                EndHold(site);
                break;
            default:
                Conclude(site, DeviceUse.Release, hold.Kind == HoldKind.Released ? Verdict.AfterRelease : Verdict.NotHeld);
                break;
        }
    }

    private void Exclude(DeviceSet devices, SyntaxNode site)
    {
        if (!IsOn(devices, site) || _state.Hold.Kind == HoldKind.Silent)
            return;
        if (_state.Hold is { Kind: HoldKind.Held, MaybeLost: true })
            analysis.Findings.Note(site, walk.Followed!, DeviceUse.Exclusion, Verdict.Fine, null, _part);
        Conclude(site, DeviceUse.Exclusion, _state.Hold.Kind == HoldKind.Held ? Verdict.Held : Verdict.Fine);
    }

    private void AssertHeld(DeviceSet devices, SyntaxNode site)
    {
        if (IsOn(devices, site))
            Prove(held: true);
    }

    /// <summary>The hold may be lost from here on, and only a look at it tells.</summary>
    private void MayLose(DeviceSet devices, SyntaxNode site)
    {
        analysis.Discover(devices);
        if (walk.Followed is { } followed && devices.ConcernOf(followed) != Concern.No && _state.Hold.Kind == HoldKind.Held)
        {
            _state.Hold = _state.Hold with { MaybeLost = true, AtEntry = false, Grabs = _state.Hold.Grabs with { Cause = site } };
            _state.InvalidateAnswers();
        }
    }

    /// <summary>The handle goes to somebody who will release it.</summary>
    private void GiveAway(HandleValue handle)
    {
        if (walk.Followed is { } followed && handle.Devices.ConcernOf(followed) == Concern.Yes && _state.Hold.Kind == HoldKind.Held && ReferenceEquals(_state.Hold.Scope, handle.Site))
            EndHold(handle.Site);
    }

    /// <summary>A device that was made here is shown to others, so it has to be grabbed from here on.</summary>
    private void Publish(Value value)
    {
        if (walk.Followed is { } followed && value is ReferenceValue { Devices: var devices } && devices.ConcernOf(followed) == Concern.Yes && _state.Hold.Kind == HoldKind.Private)
            SetHold(Hold.None);
    }

    private void Suspend(SyntaxNode site, Location? location)
    {
        // The compiler refuses each use of a stack-only handle after this. One that is not used any more is not released either, which the end of the member tells.
        if (walk.Followed is not { } followed || _state.Hold.Kind != HoldKind.Held || _state.Hold.ScopeIsRefLike)
            return;
        analysis.Findings.Note("VPIO1013", site, location, followed.Display, _state.Hold.Grabs.Sites.FirstOrDefault());
        Silence();
    }

    private void Block(SyntaxNode site, Location? location)
    {
        if (frame.Contract.RevocationHandler)
            analysis.Findings.Note("VPIO1014", site, location, "in a revocation upcall, which keeps everybody waiting: only note there that the device is wanted");
        else if (walk.Followed is { } followed && _state.Hold.Kind == HoldKind.Held)
            analysis.Findings.Note("VPIO1014", site, location, $"while '{followed.Display}' is held: release it before, and grab it again after", _state.Hold.Grabs.Sites.FirstOrDefault(), followed.Display);
    }

    private void EscapeOf(Value value, SyntaxNode written)
    {
        if (value is not ViewValue view)
            return;
        analysis.Discover(view.Devices);
        if (walk.Followed is { } followed && view.Devices.ConcernOf(followed) != Concern.No && (_state.Hold.IsOwn || (view.Dead && _state.Hold.Kind != HoldKind.Silent)))
            analysis.Findings.Note("VPIO1015", written, null, followed.Display, _state.Hold.Grabs.Sites.FirstOrDefault());
    }

    private void EndHold(SyntaxNode site)
    {
        Hold hold = _state.Hold;
        Grabs left = hold.Grabs.Pop(site);
        bool dropsGiven = hold.Origin == HoldOrigin.Contract && left.Sites.IsEmpty && hold.Grabs.Sites.IsEmpty;
        SetHold(left.Sites.IsEmpty && !(hold.Origin == HoldOrigin.Contract && !dropsGiven)
            ? new Hold(HoldKind.Released) { Grabs = left, Dropped = hold.Dropped || dropsGiven }
            : hold with { Grabs = left, AtEntry = false, Scope = null });
    }

    private void Conclude(SyntaxNode site, DeviceUse kind, Verdict verdict)
    {
        if (verdict == Verdict.Fine)
        {
            analysis.Findings.Note(site, walk.Followed!, kind, verdict, null, _part);
            return;
        }

        if (_state.Hold.AtEntry && frame.Caller is not null && !IsOfThisFrame(walk.Followed!))
            frame.Blame.Add((kind, verdict));
        else
            analysis.Findings.Note(site, walk.Followed!, kind, verdict, _state.Hold.Grabs.Cause ?? _state.Hold.Grabs.Sites.FirstOrDefault(), _part);
        Silence();
    }

    // What runs the code gave it the device, and no caller that is seen could have grabbed it before.
    private bool IsOfThisFrame(Identity device) => frame.Member is IMethodSymbol method && method.Parameters.Any(p => device.DependsOn(p));

    private void Silence() => SetHold(new Hold(HoldKind.Silent) { Dropped = _state.Hold.Dropped });

    private void SetHold(Hold hold)
    {
        bool ends = _state.Hold.Kind is HoldKind.Held or HoldKind.Private && hold.Kind is not (HoldKind.Held or HoldKind.Silent);
        _state.Hold = hold;
        _state.InvalidateAnswers();
        if (!ends)
            return;
        Interrupt();
        _state.ViewsDied = true;
        Expire(_state, walk.Followed!);
    }

    private static void Expire(PathState state, Identity followed) => state.Rewrite((_, value) => Expired(value, followed));

    private static Value Expired(Value value, Identity followed) => value switch
    {
        ViewValue view when view.Devices.ConcernOf(followed) == Concern.Yes => view with { Dead = true },
        DataValue data when data.Devices.ConcernOf(followed) == Concern.Yes => data with { Stale = true },
        TupleValue tuple when tuple.Elements.Select(e => Expired(e, followed)).ToImmutableArray() is var elements && !elements.SequenceEqual(tuple.Elements) => tuple with { Elements = elements },
        _ => value,
    };

    private static string Names(DeviceSet devices) => string.Join(", ", devices.Devices.Select(d => d.Display));
}
