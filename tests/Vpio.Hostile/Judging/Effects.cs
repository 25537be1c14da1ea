namespace Vpio.Hostile.Judging;

/// <summary>Gathers what an attack did to others. There must be nothing.</summary>
internal sealed class Effects
{
    private const int Most = 12;

    private readonly Lock _gate = new();
    private readonly List<string> _found = [];
    private bool _closed;

    /// <summary>Gets what was found: each kind once, and not more than one can read.</summary>
    public IReadOnlyList<string> Found
    {
        get
        {
            lock (_gate)
                return [.. _found];
        }
    }

    /// <summary>Gets whether anything was found.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
                return _found.Count > 0;
        }
    }

    /// <summary>Takes nothing in any more: from here on the kit itself takes from the neighbours what they have.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    /// <summary>Adds what was found.</summary>
    /// <param name="effect">What happened to whom.</param>
    public void Add(string effect)
    {
        lock (_gate)
        {
            if (!_closed && _found.Count < Most && !_found.Contains(effect))
                _found.Add(effect);
        }
    }
}
