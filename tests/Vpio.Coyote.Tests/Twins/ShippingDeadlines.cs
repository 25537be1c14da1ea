using Vpio.Hypervisor.Scheduling;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is the queue that ships.</summary>
internal sealed class ShippingDeadlines(Clock clock) : IDeadlines
{
    private readonly DeadlineQueue _queue = new(clock, callback => new ProviderAlarm(clock, callback));

    public void Set(Deadline deadline, long dueNs) => _queue.Set(deadline, dueNs);

    public void Dispose() => _queue.Dispose();
}
