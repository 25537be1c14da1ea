namespace Vpio.Hypervisor.Scheduling;

/// <summary>Carries out evictions where they are found: for virtual time, where a step of the clock does all that became due.</summary>
internal sealed class InlineReaper : IReaper
{
    /// <inheritdoc/>
    public void Reap(Action eviction) => eviction();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
