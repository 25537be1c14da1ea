using System.Collections.Concurrent;
using Vpio.Abi;

namespace Vpio.Protocol.Tests.Stress;

/// <summary>Records what guests on many threads did to one device, in an order that a single counter gives.</summary>
internal sealed class History
{
    private readonly ConcurrentQueue<Deed> _deeds = new();
    private long _moment;

    public IReadOnlyCollection<Deed> Deeds => _deeds;

    /// <summary>Takes the next moment: before a call and after it.</summary>
    public long Moment() => Interlocked.Increment(ref _moment);

    public void Add(DeedKind kind, DomainId guest, Generation generation, long start) =>
        _deeds.Enqueue(new Deed(kind, guest, generation.Value, start, Moment()));
}
