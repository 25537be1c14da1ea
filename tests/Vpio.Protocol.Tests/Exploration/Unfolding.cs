namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is a moment of one actor: all that it knows, and the access that it makes next.</summary>
/// <param name="Actor">Whose moment.</param>
/// <param name="Call">The call that it is in.</param>
/// <param name="Before">The moment before, in the same call.</param>
/// <param name="Result">What the access of that moment returned.</param>
/// <param name="Access">The next access; none when the actor is done.</param>
internal sealed record Moment(int Actor, Onward Call, Moment? Before, ulong Result, Access? Access)
{
    /// <summary>Gets its number.</summary>
    public required int Number { get; init; }

    /// <summary>Gets what happens with its access, before it: only at the beginning of a call.</summary>
    public Note[] Beginning { get; init; } = [];

    /// <summary>Gets what a pause waits to be changed.</summary>
    public Look[] Looks { get; init; } = [];

    public int Depth { get; } = Before is null ? 0 : Before.Depth + 1;

    public bool IsBetweenCalls => Before is null;

    public Dictionary<ulong, Passage> Passages { get; } = [];
}

/// <summary>Leads from one moment to the next, with what happens on the way.</summary>
internal readonly record struct Passage(Moment To, Note[] Notes);

/// <summary>
/// Unfolds the programs of the actors: runs the code under test once for each thing that an actor can come to know, and keeps which
/// access it makes then. Exploring is then a matter of words and moments, and runs no code twice.
/// </summary>
/// <param name="actors">The actors.</param>
/// <param name="words">The shared words.</param>
/// <param name="plant">The bug, if one is planted.</param>
/// <param name="landmarks">Finds the accesses after which the code under test remembers nothing else.</param>
internal sealed class Unfolding(IReadOnlyList<Actor> actors, SharedWords words, Plant? plant, LandmarkAfter? landmarks)
{
    // A call that long goes on for ever.
    private const int LongestCall = 400;
    private const int Stride = 1_000_003;

    private readonly List<Moment> _moments = [];
    private readonly Dictionary<(int Actor, Onward Call), Moment> _calls = [];

    private readonly Dictionary<(int Actor, Onward Call, Landmark Landmark), Moment> _landmarks = [];

    private readonly List<(Moment Same, List<ulong> Results)> _joins = [];

    public int Count => _moments.Count;

    /// <summary>Gets how often the planted bug did something.</summary>
    public int Planted { get; private set; }

    public Moment this[int number] => _moments[number];

    /// <summary>Gets the moment before a call.</summary>
    public Moment Before(int actor, Onward call)
    {
        if (!_calls.TryGetValue((actor, call), out Moment? moment))
        {
            moment = call.IsDone
                ? Add(new Moment(actor, call, null, 0, null) { Number = Count })
                : Unfold(actor, call, null, 0).To;
            _calls.Add((actor, call), moment);
        }

        return moment;
    }

    /// <summary>Gets what follows when the access of a moment returns something.</summary>
    public Passage After(Moment moment, ulong result)
    {
        if (!moment.Passages.TryGetValue(result, out Passage passage))
        {
            passage = Unfold(moment.Actor, moment.Call, moment, result);
            moment.Passages.Add(result, passage);
        }

        return passage;
    }

    /// <summary>
    /// Holds the landmarks to what they say: code that came to one in another way does the same from there on. All that was explored from
    /// there to the next landmark is compared.
    /// </summary>
    /// <param name="most">How many steps are compared about, of ways that are evenly spread over all.</param>
    /// <returns>How many were.</returns>
    public int CheckLandmarks(int most)
    {
        // A stride that has no factor in common with the number of ways comes by each.
        int ways = _joins.Count;
        int compared = 0;
        for (int i = 0; i < ways && compared < most; i++)
        {
            (Moment same, List<ulong> results) = _joins[(int)((long)i * Stride % ways)];
            compared += Compare(same, results);
        }

        return compared;
    }

    private int Compare(Moment same, List<ulong> results)
    {
        int compared = 0;
        foreach ((ulong result, Passage passage) in same.Passages.ToArray())
        {
            results.Add(result);
            Rehearsal other = Rehearse(same.Actor, same.Call, results, out Onward next);
            bool alike = other.Notes.SequenceEqual(passage.Notes) && (other.Next, other.Passed) switch
            {
                (null, _) => passage.To == Before(same.Actor, next),
                (_, { } landmark) => passage.To == _landmarks[(same.Actor, same.Call, landmark)],
                _ => passage.To.Before == same && passage.To.Access == other.Next,
            };
            if (!alike)
                throw new InvalidOperationException($"{actors[same.Actor].Name} remembers more than the landmark before {same.Access} says.");
            if (passage.To.Before == same)
                compared += Compare(passage.To, results);
            results.RemoveAt(results.Count - 1);
            compared++;
        }

        return compared;
    }

    private Rehearsal Rehearse(int actor, Onward call, List<ulong> results, out Onward next)
    {
        Rehearsal rehearsal = new(actor, call, words, results, plant, landmarks);
        Onward end = default;
        try
        {
            ExploredMemory.Rehearse(rehearsal, () => end = actors[actor].Call(call.Place, call.Memory));
        }
        catch (RehearsalEndsException)
        {
        }

        next = end;
        return rehearsal;
    }

    private Passage Unfold(int actor, Onward call, Moment? before, ulong result)
    {
        Rehearsal rehearsal = Rehearse(actor, call, ResultsUpTo(before, result), out Onward next);
        Planted += rehearsal.WasPlanted ? 1 : 0;
        Note[] notes = [.. rehearsal.Notes];
        if (rehearsal.Next is not { } access)
        {
            return before is null
                ? throw new InvalidOperationException($"A call of {actors[actor].Name} touches nothing.")
                : new Passage(Before(actor, next), notes);
        }

        words.Learn(actor, access);
        (int, Onward, Landmark)? place = rehearsal.Passed is { } landmark ? (actor, call, landmark) : null;
        if (place is { } known && _landmarks.TryGetValue(known, out Moment? same))
        {
            _joins.Add((same, ResultsUpTo(before, result)));
            return new Passage(same, notes);
        }

        Moment moment = Add(new Moment(actor, call, before, result, access)
        {
            Number = Count,
            Beginning = before is null ? notes : [],
            Looks = access.Kind == AccessKind.Pause ? [.. rehearsal.Looks] : [],
        });
        if (place is { } first)
            _landmarks.Add(first, moment);
        return new Passage(moment, before is null ? [] : notes);
    }

    private List<ulong> ResultsUpTo(Moment? before, ulong result)
    {
        if (before is null)
            return [];
        if (before.Depth > LongestCall)
            throw new BrokenRuleException($"a call of {actors[before.Actor].Name} makes {LongestCall} accesses and does not end");
        List<ulong> results = [result];
        for (Moment at = before; at.Before is { } earlier; at = earlier)
            results.Add(at.Result);
        results.Reverse();
        return results;
    }

    private Moment Add(Moment moment)
    {
        _moments.Add(moment);
        return moment;
    }
}

/// <summary>Says that a rule does not hold in the state that was reached.</summary>
internal sealed class BrokenRuleException(string rule) : Exception(rule);
