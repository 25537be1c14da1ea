namespace Vpio.Tool.Accounting;

/// <summary>Collects what went wrong with frames: all are counted, the first few are told.</summary>
/// <remarks>Threads: any.</remarks>
internal sealed class Faults
{
    /// <summary>The most faults that are told in words.</summary>
    internal const int Told = 10;

    private readonly Lock _gate = new();
    private readonly List<string> _sentences = [];
    private long _count;

    /// <summary>Gets the number of faults so far.</summary>
    internal long Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Gets the first faults, a sentence each.</summary>
    internal IReadOnlyList<string> Sentences
    {
        get
        {
            lock (_gate)
                return [.. _sentences];
        }
    }

    /// <summary>Adds a fault.</summary>
    /// <param name="sentence">What went wrong, with guest and numbers.</param>
    internal void Add(string sentence)
    {
        lock (_gate)
        {
            _count++;
            if (_sentences.Count < Told)
                _sentences.Add(sentence);
        }
    }
}
