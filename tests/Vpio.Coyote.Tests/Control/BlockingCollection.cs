using System.Collections;

// In this namespace, so that the reaper that ships finds it before the one of the framework, which Coyote does not know.
namespace Vpio.Hypervisor.Scheduling;

/// <summary>Is a queue made of a monitor, of which Coyote knows every step.</summary>
internal sealed class BlockingCollection<T> : IEnumerable<T>
{
    private readonly object _gate = new();
    private readonly Queue<T> _items = new();
    private bool _complete;

    public void Add(T item)
    {
        lock (_gate)
        {
            if (_complete)
                throw new InvalidOperationException("Nothing is added any more.");
            _items.Enqueue(item);
            Monitor.PulseAll(_gate);
        }
    }

    public void CompleteAdding()
    {
        lock (_gate)
        {
            _complete = true;
            Monitor.PulseAll(_gate);
        }
    }

    public IEnumerable<T> GetConsumingEnumerable()
    {
        while (TryTake(out T? item))
            yield return item!;
    }

    public IEnumerator<T> GetEnumerator() => GetConsumingEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryTake(out T? item)
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_complete)
                Monitor.Wait(_gate);
            return _items.TryDequeue(out item);
        }
    }
}
