namespace Vpio.Analyzers.Flow;

/// <summary>Runs a piece of straight code once for each way its calls can turn out: the code asks, and is run again until every answer was given.</summary>
internal sealed class Choices
{
    // Beyond this a block with that many calls that can fail is cut short; what is left counts as seen.
    private const int MostRuns = 256;

    private readonly List<(int Taken, int Of)> _script = [];
    private int _position;
    private int _runs;

    /// <summary>Starts the next run.</summary>
    /// <returns>False when every way was taken.</returns>
    public bool Next()
    {
        _position = 0;
        if (_runs++ == 0)
            return true;
        while (_script.Count > 0 && _script[_script.Count - 1] is var (taken, of) && taken == of - 1)
            _script.RemoveAt(_script.Count - 1);
        if (_script.Count == 0 || _runs > MostRuns)
            return false;
        (int last, int ways) = _script[_script.Count - 1];
        _script[_script.Count - 1] = (last + 1, ways);
        return true;
    }

    /// <summary>Takes one of several ways.</summary>
    public int Take(int ways)
    {
        if (_position == _script.Count)
            _script.Add((0, ways));
        return _script[_position++].Taken;
    }
}
