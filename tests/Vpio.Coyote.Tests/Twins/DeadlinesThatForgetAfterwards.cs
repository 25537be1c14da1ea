using Vpio.Hypervisor.Scheduling;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a keeper of deadlines with a planted bug: it takes a deadline out after it expired, and with it what was set meanwhile.</summary>
internal sealed class DeadlinesThatForgetAfterwards : IDeadlines
{
    private readonly object _gate = new();
    private readonly Dictionary<Deadline, long> _due = [];
    private readonly Clock _clock;
    private readonly ProviderAlarm _alarm;

    public DeadlinesThatForgetAfterwards(Clock clock)
    {
        _clock = clock;
        _alarm = new ProviderAlarm(clock, RunDue);
    }

    public void Set(Deadline deadline, long dueNs)
    {
        lock (_gate)
            _due[deadline] = dueNs;
        _alarm.Set(dueNs);
    }

    public void Dispose() => _alarm.Dispose();

    private void RunDue()
    {
        Deadline[] due;
        lock (_gate)
            due = [.. _due.Where(entry => entry.Value <= _clock.NowNs).Select(entry => entry.Key)];
        foreach (Deadline deadline in due)
        {
            deadline.Expired();
            lock (_gate)
                _due.Remove(deadline);
        }
    }
}
