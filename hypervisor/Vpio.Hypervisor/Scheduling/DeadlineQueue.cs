namespace Vpio.Hypervisor.Scheduling;

/// <summary>Keeps the deadlines in order of time and has an alarm woken for the first.</summary>
/// <remarks>A binary heap whose entries know their place, so that moving and clearing one costs log n and allocates nothing. Threads: any.</remarks>
internal sealed class DeadlineQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Clock _clock;
    private readonly IAlarm _alarm;
    private Deadline[] _heap = new Deadline[8];
    private int _count;

    /// <summary>Starts an empty queue.</summary>
    /// <param name="clock">The clock of its times.</param>
    /// <param name="alarmFor">Makes the alarm that calls back when the first deadline is due.</param>
    public DeadlineQueue(Clock clock, Func<Action, IAlarm> alarmFor)
    {
        _clock = clock;
        _alarm = alarmFor(RunDue);
    }

    /// <summary>Sets a deadline, or moves one that was set.</summary>
    /// <param name="deadline">What happens.</param>
    /// <param name="dueNs">When.</param>
    public void Set(Deadline deadline, long dueNs)
    {
        bool first;
        lock (_gate)
        {
            if (deadline.Place == Deadline.NotSet)
                Append(deadline);
            deadline.DueNs = dueNs;
            Settle(deadline);
            first = deadline.Place == 0;
        }

        if (first)
            _alarm.Set(dueNs);
    }

    /// <summary>Clears a deadline; it may be expiring at this moment all the same.</summary>
    /// <param name="deadline">Which.</param>
    public void Clear(Deadline deadline)
    {
        lock (_gate)
        {
            if (deadline.Place != Deadline.NotSet)
                Remove(deadline);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _alarm.Dispose();

    private void RunDue()
    {
        while (TryTakeDue(out Deadline? due, out long nextNs))
        {
            if (due is null)
            {
                _alarm.Set(nextNs);
                return;
            }

            due.Expired();
        }
    }

    /// <summary>Takes the first deadline out if it is due.</summary>
    /// <returns><see langword="false"/> when there are none; otherwise what is due now, or when the first will be.</returns>
    private bool TryTakeDue(out Deadline? due, out long nextNs)
    {
        lock (_gate)
        {
            due = null;
            nextNs = 0;
            if (_count == 0)
                return false;
            nextNs = _heap[0].DueNs;
            if (nextNs <= _clock.NowNs)
            {
                due = _heap[0];
                Remove(due);
            }

            return true;
        }
    }

    private void Append(Deadline deadline)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, 2 * _count);
        Put(deadline, _count++);
    }

    private void Remove(Deadline deadline)
    {
        int place = deadline.Place;
        deadline.Place = Deadline.NotSet;
        Deadline last = _heap[--_count];
        _heap[_count] = null!;
        if (last == deadline)
            return;
        Put(last, place);
        Settle(last);
    }

    private void Put(Deadline deadline, int place)
    {
        _heap[place] = deadline;
        deadline.Place = place;
    }

    private void Settle(Deadline deadline)
    {
        int place = deadline.Place;
        while (place > 0 && _heap[(place - 1) / 2].DueNs > deadline.DueNs)
        {
            Put(_heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }

        while (EarlierChild(place) is { } child && _heap[child].DueNs < deadline.DueNs)
        {
            Put(_heap[child], place);
            place = child;
        }

        Put(deadline, place);
    }

    private int? EarlierChild(int place)
    {
        int left = (2 * place) + 1;
        if (left >= _count)
            return null;
        return left + 1 < _count && _heap[left + 1].DueNs < _heap[left].DueNs ? left + 1 : left;
    }
}
