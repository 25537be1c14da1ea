using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Is the ways between blocks on which the device is held throughout and nobody looks whether it is wanted back.</summary>
internal sealed class HeldCycles
{
    private readonly Dictionary<int, HashSet<int>> _ways = [];

    /// <summary>Gets the ways that lead back.</summary>
    public IEnumerable<(int From, int To)> Backward => _ways.SelectMany(w => w.Value.Where(to => to <= w.Key).Select(to => (w.Key, to)));

    /// <summary>Adds a way.</summary>
    public void Add(BasicBlock from, BasicBlock to)
    {
        if (!_ways.TryGetValue(from.Ordinal, out HashSet<int>? tos))
            _ways[from.Ordinal] = tos = [];
        tos.Add(to.Ordinal);
    }

    /// <summary>Gets whether one block leads to another.</summary>
    public bool Leads(int from, int to)
    {
        HashSet<int> seen = [from];
        Stack<int> open = new(seen);
        while (open.Count > 0)
        {
            int at = open.Pop();
            if (at == to)
                return true;
            if (!_ways.TryGetValue(at, out HashSet<int>? tos))
                continue;
            foreach (int next in tos.Where(seen.Add))
                open.Push(next);
        }

        return false;
    }
}
