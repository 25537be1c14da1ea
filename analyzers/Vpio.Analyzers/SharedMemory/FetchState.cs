using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Is what may have happened on the paths to one point: which reads were tested, and what variables hold of which read.</summary>
internal sealed class FetchState
{
    private readonly HashSet<Fetch> _tested;
    private readonly Dictionary<object, HashSet<Fetch>> _values;

    /// <summary>Makes the state at the beginning.</summary>
    public FetchState()
        : this([], [])
    {
    }

    private FetchState(HashSet<Fetch> tested, Dictionary<object, HashSet<Fetch>> values)
    {
        _tested = tested;
        _values = values;
    }

    /// <summary>Makes a copy that changes by itself.</summary>
    public FetchState Copy() => new([.. _tested], _values.ToDictionary(v => v.Key, v => new HashSet<Fetch>(v.Value)));

    /// <summary>Adds what other paths bring.</summary>
    /// <returns>Whether anything was new.</returns>
    public bool Join(FetchState other)
    {
        int before = Size();
        _tested.UnionWith(other._tested);
        foreach (KeyValuePair<object, HashSet<Fetch>> value in other._values)
        {
            if (_values.TryGetValue(value.Key, out HashSet<Fetch>? here))
                here.UnionWith(value.Value);
            else
                _values[value.Key] = [.. value.Value];
        }

        return Size() > before;
    }

    /// <summary>Gets the reads that a variable's value comes from.</summary>
    public IEnumerable<Fetch> ValueOf(object variable) => _values.TryGetValue(variable, out HashSet<Fetch>? fetches) ? fetches : [];

    /// <summary>Gives a variable a value that comes from reads.</summary>
    public void Set(object variable, IEnumerable<Fetch> fetches)
    {
        HashSet<Fetch> value = [.. fetches];
        if (value.Count > 0)
            _values[variable] = value;
        else
            _values.Remove(variable);
    }

    /// <summary>Gives a variable a part whose value comes from reads.</summary>
    public void Add(object variable, IEnumerable<Fetch> fetches) => Set(variable, [.. ValueOf(variable), .. fetches]);

    /// <summary>Says that a branch depends on reads.</summary>
    public void Test(IEnumerable<Fetch> fetches) => _tested.UnionWith(fetches);

    /// <summary>Forgets the tests of a place that the code writes by itself.</summary>
    public void Untest(string place) => _tested.RemoveWhere(f => f.Overlaps(place));

    /// <summary>Finds a read of the same place elsewhere in the code that was tested before.</summary>
    public SyntaxNode? TestedBefore(Fetch fetch) => _tested
        .Where(t => t.Site != fetch.Site && t.Overlaps(fetch.Place))
        .OrderBy(t => t.Site.SpanStart).Select(t => t.Site).FirstOrDefault();

    /// <summary>Forgets places that a variable is part of: with another value it is another place.</summary>
    public void Forget(string variable)
    {
        if (IsEmpty)
            return;
        _tested.RemoveWhere(f => f.Place.Contains(variable));
        foreach (HashSet<Fetch> value in _values.Values)
            value.RemoveWhere(f => f.Place.Contains(variable));
    }

    /// <summary>Forgets all tests: what is looked at after a fence or a sleep is looked at anew.</summary>
    public void Renew() => _tested.Clear();

    private bool IsEmpty => _tested.Count == 0 && _values.Count == 0;

    private int Size() => _tested.Count + _values.Count + _values.Values.Sum(v => v.Count);
}
