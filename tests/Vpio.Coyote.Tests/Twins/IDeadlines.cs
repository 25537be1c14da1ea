using Vpio.Hypervisor.Scheduling;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is a keeper of deadlines: what ships, or a twin with a planted bug.</summary>
internal interface IDeadlines : IDisposable
{
    void Set(Deadline deadline, long dueNs);
}
