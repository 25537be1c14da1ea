using System.Collections.Concurrent;
using System.Globalization;

namespace Vpio.Hostile.Judging;

/// <summary>Counts how hostile guests ended.</summary>
internal sealed class Endings
{
    private readonly ConcurrentDictionary<string, int> _counts = [];

    /// <summary>Counts one more.</summary>
    /// <param name="ending">How it ended.</param>
    public void Add(string ending) => _counts.AddOrUpdate(ending, 1, (_, count) => count + 1);

    /// <summary>Adds what another counted.</summary>
    /// <param name="others">The other's counts.</param>
    public void Add(Endings others)
    {
        foreach ((string ending, int count) in others._counts)
            _counts.AddOrUpdate(ending, count, (_, own) => own + count);
    }

    /// <inheritdoc/>
    public override string ToString() => _counts.IsEmpty
        ? "ran to its end"
        : string.Join(", ", _counts.OrderByDescending(each => each.Value).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key}: {each.Value:N0}")));
}
