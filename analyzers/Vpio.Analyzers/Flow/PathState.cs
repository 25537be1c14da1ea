using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Is what is known where one path has come to: the hold of the device that is followed, and the values that tell paths apart.</summary>
/// <remarks>
/// Two paths that meet become one when they agree in the hold and in which variables stand for the device; of the other values
/// only what both know is kept. So the number of paths is bounded by the states of the device, and a condition that decided
/// over a grab is still known where it decides over the release (property simulation: Das, Lerner, Seigle, PLDI 2002).
/// </remarks>
internal sealed class PathState
{
    private Dictionary<object, Value> _slots;
    private Dictionary<object, bool> _facts;
    private HashSet<object> _valid;

    // Most blocks change nothing of it, so what is known is shared until somebody writes.
    private bool _isShared;

    private PathState(Hold hold, Dictionary<object, Value> slots, Dictionary<object, bool> facts, HashSet<object> valid)
    {
        Hold = hold;
        _slots = slots;
        _facts = facts;
        _valid = valid;
    }

    /// <summary>Starts a path.</summary>
    public PathState(Hold hold)
        : this(hold, new(SlotComparer.Instance), new(SlotComparer.Instance), new(SlotComparer.Instance))
    {
    }

    /// <summary>Gets or sets the state of the device.</summary>
    public Hold Hold { get; set; }

    /// <summary>Gets or sets whether the hold was given back since the present member was entered, so that the caller's views are dead.</summary>
    public bool ViewsDied { get; set; }

    /// <summary>Gets or sets whether it is certain that a poll was passed, or the hold given back, since the present member was entered.</summary>
    public bool Interrupted { get; set; }

    /// <summary>Gets or sets whether nothing comes after: the process ended, or the path cannot be.</summary>
    public bool Ended { get; set; }

    /// <summary>Gets what is known of slots.</summary>
    public IReadOnlyDictionary<object, Value> Slots => _slots;

    /// <summary>Makes a path that goes on from here on its own.</summary>
    public PathState Clone()
    {
        _isShared = true;
        return new(Hold, _slots, _facts, _valid) { ViewsDied = ViewsDied, Interrupted = Interrupted, _isShared = true };
    }

    /// <summary>Goes on as another path.</summary>
    public void Become(PathState other)
    {
        Hold = other.Hold;
        ViewsDied = other.ViewsDied;
        Interrupted = other.Interrupted;
        _slots = other._slots;
        _facts = other._facts;
        _valid = other._valid;
        _isShared = other._isShared = true;
    }

    /// <summary>Looks up a slot.</summary>
    public Value? this[object slot] => _slots.TryGetValue(slot, out Value? value) ? value : null;

    /// <summary>Sets a slot. That nothing is known is kept only where a slot that is not there means what it was on entry.</summary>
    public void Set(object slot, Value value)
    {
        Own();
        if (value is UnknownValue { Origin: null } && slot is not (IParameterSymbol or Identity))
            _slots.Remove(slot);
        else
            _slots[slot] = value;
    }

    /// <summary>Forgets a slot.</summary>
    public void Forget(object slot)
    {
        if (!_slots.ContainsKey(slot))
            return;
        Own();
        _slots.Remove(slot);
    }

    /// <summary>Gets whether an opaque value is known to be true or false.</summary>
    public bool? FactOf(object id) => _facts.TryGetValue(id, out bool fact) ? fact : null;

    /// <summary>Learns what an opaque value is.</summary>
    public void Learn(object id, bool truth)
    {
        Own();
        _facts[id] = truth;
    }

    /// <summary>Makes the meaning of an answer count, until the hold changes.</summary>
    public void Validate(object id)
    {
        Own();
        _valid.Add(id);
    }

    /// <summary>Gets whether the hold is as it was when the answer was given.</summary>
    public bool IsValid(object id) => _valid.Contains(id);

    /// <summary>Makes every answer given so far count no more: the hold changed.</summary>
    public void InvalidateAnswers()
    {
        if (_valid.Count == 0)
            return;
        Own();
        _valid.Clear();
    }

    /// <summary>Forgets all that hangs on a value that is about to be made anew.</summary>
    /// <param name="source">What makes it.</param>
    public void Renew(object source)
    {
        if (!IsKnown(source))
            return;
        Own();
        _facts.Remove(source);
        _valid.Remove(source);
        foreach (object id in _facts.Keys.Where(k => k is Comparison c && c.DependsOn(source)).ToList())
            _facts.Remove(id);
        foreach (KeyValuePair<object, Value> slot in _slots.Where(s => Mentions(s.Value, source)).ToList())
            _slots.Remove(slot.Key);
    }

    /// <summary>Rewrites each value.</summary>
    public void Rewrite(Func<object, Value, Value> change)
    {
        List<KeyValuePair<object, Value>>? changes = null;
        foreach (KeyValuePair<object, Value> slot in _slots)
        {
            Value value = change(slot.Key, slot.Value);
            if (!ReferenceEquals(value, slot.Value))
                (changes ??= []).Add(new(slot.Key, value));
        }

        foreach (KeyValuePair<object, Value> slot in changes ?? [])
            Set(slot.Key, slot.Value);
    }

    /// <summary>Gets whether another path is to be one with this: the device and what stands for it are the same.</summary>
    public bool Agrees(PathState other, Identity? followed)
    {
        if (!Hold.Equals(other.Hold) || ViewsDied != other.ViewsDied)
            return false;
        if (followed is null)
            return true;
        foreach (KeyValuePair<object, Value> slot in _slots)
        {
            if (Concerns(slot.Value, followed) && !slot.Value.Equals(other[slot.Key]))
                return false;
        }

        foreach (KeyValuePair<object, Value> slot in other._slots)
        {
            if (Concerns(slot.Value, followed) && !slot.Value.Equals(this[slot.Key]))
                return false;
        }

        return true;
    }

    /// <summary>Gets whether another path knows exactly the same.</summary>
    public bool IsSame(PathState other) =>
        Hold.Equals(other.Hold) && ViewsDied == other.ViewsDied && Interrupted == other.Interrupted &&
        _slots.Count == other._slots.Count && _slots.All(s => s.Value.Equals(other[s.Key])) &&
        _facts.Count == other._facts.Count && _facts.All(f => other.FactOf(f.Key) == f.Value) &&
        _valid.SetEquals(other._valid);

    /// <summary>Keeps of this path only what another knows as well.</summary>
    /// <param name="other">The path that joins.</param>
    /// <param name="place">Where they meet: it names what a variable holds from there on.</param>
    /// <param name="lost">Takes the questions whose answer goes on in the name of another.</param>
    /// <returns>Whether something was forgotten.</returns>
    public bool Absorb(PathState other, object place, HashSet<(SyntaxNode Kept, SyntaxNode Lost)> lost)
    {
        if (Implies(other))
            return false;
        KeyValuePair<object, Value>[] met = _slots
            .Select(s => new KeyValuePair<object, Value>(s.Key, Meet(s.Key, s.Value, other[s.Key], place)))
            .Where(m => !m.Value.Equals(_slots[m.Key]))
            .ToArray();
        foreach (KeyValuePair<object, Value> slot in _slots)
        {
            if (slot.Value.Origin is { } kept && other[slot.Key]?.Origin is { } gone && kept != gone)
                lost.Add((kept, gone));
        }

        object[] forgotten = _facts.Where(f => other.FactOf(f.Key) != f.Value).Select(f => f.Key).ToArray();
        object[] invalid = _valid.Where(id => !other._valid.Contains(id)).ToArray();
        bool wasInterrupted = Interrupted;
        Interrupted &= other.Interrupted;
        if (met.Length + forgotten.Length + invalid.Length == 0)
            return Interrupted != wasInterrupted;
        Own();
        foreach (KeyValuePair<object, Value> slot in met)
            Set(slot.Key, slot.Value);
        foreach (object id in forgotten)
            _facts.Remove(id);
        _valid.ExceptWith(invalid);
        return true;
    }

    /// <summary>Gets whether all that is known here is known of another path too, which then tells nothing new.</summary>
    public bool Implies(PathState other)
    {
        if (Interrupted && !other.Interrupted)
            return false;
        foreach (KeyValuePair<object, Value> slot in _slots)
        {
            if (!ReferenceEquals(slot.Value, other[slot.Key]) && !slot.Value.Equals(other[slot.Key]))
                return false;
        }

        foreach (KeyValuePair<object, bool> fact in _facts)
        {
            if (other.FactOf(fact.Key) != fact.Value)
                return false;
        }

        foreach (object id in _valid)
        {
            if (!other._valid.Contains(id))
                return false;
        }

        return true;
    }

    private void Own()
    {
        if (!_isShared)
            return;
        _slots = new(_slots, SlotComparer.Instance);
        _facts = new(_facts, SlotComparer.Instance);
        _valid = new(_valid, SlotComparer.Instance);
        _isShared = false;
    }

    private bool IsKnown(object source)
    {
        if (_facts.Count > 0 || _valid.Count > 0)
            return true;
        foreach (KeyValuePair<object, Value> slot in _slots)
        {
            if (Mentions(slot.Value, source))
                return true;
        }

        return false;
    }

    private static Value Meet(object slot, Value mine, Value? theirs, object place)
    {
        if (mine.Equals(theirs))
            return mine;
        if (theirs is not null && !Equals(mine.Origin, theirs.Origin) && (mine with { Origin = theirs.Origin }).Equals(theirs))
            return mine with { Origin = mine.Origin ?? theirs.Origin };
        if (mine is DataValue { Stale: true } || theirs is DataValue { Stale: true })
            return mine is DataValue { Stale: true } ? mine : theirs!;
        if (mine is HandleValue or ViewValue && theirs is ConstantValue { Constant: null })
            return mine with { MaybeNull = true };
        if (theirs is HandleValue or ViewValue && mine is ConstantValue { Constant: null })
            return theirs with { MaybeNull = true };
        if (ButOne(mine, theirs) is { } but)
            return but with { Origin = mine.Origin ?? theirs?.Origin };
        if (mine is ReferenceValue { Unchecked: true } || theirs is ReferenceValue { Unchecked: true })
            return mine is ReferenceValue or HandleValue ? new ReferenceValue(DeviceSet.Empty) { Unchecked = true } : Value.Unknown;
        if (DevicesOf(mine) is not { } a || DevicesOf(theirs) is not { } b)
            return Value.Unknown with { Origin = mine.Origin ?? theirs?.Origin };
        DeviceSet? joined = a.Join(b);

        // A variable over which a loop goes on is another object in each round; a handle is not, it is only not known of which.
        if (a.IsTooMany(b) || (joined is null && mine is HandleValue && theirs is HandleValue))
            return new ReferenceValue(DeviceSet.Empty) { Unchecked = true };
        if (joined is not { } both)
            return new ReferenceValue(DeviceSet.Of(new FreshIdentity((slot, place), (slot as ISymbol)?.Name ?? "the value")));
        return mine is HandleValue handle && theirs is HandleValue
            ? handle with { Devices = both, MaybeNull = mine.MaybeNull || theirs.MaybeNull }
            : new ReferenceValue(both);
    }

    // What is null or false is not true, and what is not zero may be five: it still tells that a try failed.
    private static OtherValue? ButOne(Value mine, Value? theirs) => (mine, theirs) switch
    {
        (ConstantValue { Constant: null }, ConstantValue { Constant: bool truth }) => new OtherValue(!truth),
        (ConstantValue { Constant: bool truth }, ConstantValue { Constant: null }) => new OtherValue(!truth),
        (OtherValue other, ConstantValue { Constant: var constant }) when !Equals(other.Excluded, constant) && other.Excluded?.GetType() == constant?.GetType() => other,
        (ConstantValue { Constant: var constant }, OtherValue other) when !Equals(other.Excluded, constant) && other.Excluded?.GetType() == constant?.GetType() => other,
        (OtherValue { Excluded: bool } other, ConstantValue { Constant: null }) => other,
        (ConstantValue { Constant: null }, OtherValue { Excluded: bool } other) => other,
        _ => null,
    };

    private static DeviceSet? DevicesOf(Value? value) => value switch
    {
        ReferenceValue reference => reference.Devices,
        HandleValue handle => handle.Devices,
        ViewValue view => view.Devices,
        _ => null,
    };

    // A variable that the device is reached by counts too: which object it is decides which device.
    private static bool Concerns(Value value, Identity followed) =>
        (value is PendingValue pending ? pending.Devices : DevicesOf(value)) is { } devices &&
        (devices.ConcernOf(followed) != Concern.No || (value is ReferenceValue && followed.Depth > 0 && devices.Any(followed.LeadsOver)));

    private static bool Mentions(Value value, object source) => value switch
    {
        OpaqueValue opaque => opaque.Id.Equals(source) || (opaque.Id is Comparison c && c.DependsOn(source)),
        TupleValue tuple => tuple.Elements.Any(e => Mentions(e, source)),
        _ => DevicesOf(value)?.Any(d => d.DependsOn(source)) == true,
    };
}

/// <summary>Is the comparison of an opaque value with a constant: asked twice, it gives the same answer twice.</summary>
internal sealed record Comparison(object Operator, object Left, object? Right)
{
    /// <summary>Gets whether the answer is another once a value was made anew.</summary>
    public bool DependsOn(object source) => Equals(Left, source) || Equals(Right, source) || (Left is Comparison l && l.DependsOn(source)) || (Right is Comparison r && r.DependsOn(source));
}
