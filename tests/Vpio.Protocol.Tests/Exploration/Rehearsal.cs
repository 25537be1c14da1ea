namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is something that happens in one step with an access.</summary>
internal readonly record struct Note(Happening What, ulong Value);

/// <summary>Changes what an access does, to plant a bug in the code that makes it: performs it otherwise, and returns what the code is to see.</summary>
internal delegate ulong Plant(Rehearsal rehearsal, Access access);

/// <summary>Tells whether an access is one after which the code under test remembers nothing but what the access did.</summary>
/// <param name="access">The access.</param>
/// <param name="result">What it returned.</param>
/// <param name="lastWord">The word that was touched before it.</param>
internal delegate Note? LandmarkAfter(Access access, ulong result, int lastWord);

/// <summary>Runs a piece of an actor's program on the results that its accesses had, up to the first access that has none yet.</summary>
/// <param name="actor">Whose program.</param>
/// <param name="call">The call that it makes.</param>
/// <param name="words">The words.</param>
/// <param name="results">The results so far.</param>
/// <param name="plant">The bug, if one is planted.</param>
/// <param name="landmarks">Finds the accesses after which the code remembers nothing else.</param>
internal sealed class Rehearsal(int actor, Onward call, SharedWords words, IReadOnlyList<ulong> results, Plant? plant, LandmarkAfter? landmarks = null)
{
    private readonly List<Note> _notes = [];
    private int _route;
    private readonly List<Look> _looks = [];
    private readonly List<(Access Access, ulong Result)> _past = [];

    public int Actor => actor;

    public Onward Call => call;

    public SharedWords Words => words;

    /// <summary>Gets the access that has no result yet; none, when the program ran to its end.</summary>
    public Access? Next { get; private set; }

    /// <summary>Gets what happened since the last access with a result.</summary>
    public IReadOnlyList<Note> Notes => _notes;

    /// <summary>Gets the landmark that was passed since the last access with a result.</summary>
    public Landmark? Passed { get; private set; }

    /// <summary>Gets what the words were that were touched since the last pause.</summary>
    public IReadOnlyList<Look> Looks => _looks;

    /// <summary>Gets the accesses with a result, for a plant to look back at.</summary>
    public IReadOnlyList<(Access Access, ulong Result)> Past => _past;

    /// <summary>Gets whether the plant did anything.</summary>
    public bool WasPlanted { get; private set; }

    /// <summary>Performs an access of the code under test.</summary>
    public ulong Perform(Access access) => plant is null ? Step(access) : plant(this, access);

    /// <summary>Performs an access as it is.</summary>
    public ulong Step(Access access)
    {
        if (_past.Count == results.Count)
        {
            Next = access;
            throw new RehearsalEndsException();
        }

        ulong result = results[_past.Count];
        _past.Add((access, result));
        int lastWord = _looks.Count > 0 ? _looks[^1].Word : -1;
        _notes.Clear();
        Passed = null;
        if (access.Kind == AccessKind.Pause)
            _looks.Clear();
        else if (access.TouchesWord)
            _looks.Add(new Look(access.Word, access.Kind == AccessKind.Add ? result : access.Apply(result)));
        if (landmarks?.Invoke(access, result, lastWord) is { } here)
            Pass(here);
        return result;
    }

    /// <summary>Says that the plant did something here.</summary>
    public void Planted() => WasPlanted = true;

    public void Note(Note note) => _notes.Add(note);

    /// <summary>Says that from here on the code remembers nothing of this call but what happens here, and what happened at the landmark before.</summary>
    public void Pass(Note here)
    {
        Passed = new Landmark(here, _route);
        if (here.What < Happening.Published)
            _route |= 1 << (int)here.What;
        _looks.Clear();
    }
}

/// <summary>Is a place in the code under test at which nothing is remembered of how it was reached.</summary>
/// <param name="Here">What happens there, with all that is remembered.</param>
/// <param name="Route">Which landmarks were passed before it in the same call.</param>
internal readonly record struct Landmark(Note Here, int Route);

/// <summary>Is what a word was when an actor touched it.</summary>
internal readonly record struct Look(int Word, ulong Value);

/// <summary>Leaves the code under test at an access that has no result yet.</summary>
internal sealed class RehearsalEndsException : Exception;
