namespace Vpio.Hypervisor.Scheduling;

/// <summary>Does everything where it is found to be done: for virtual time, where a step of the clock does all that became due.</summary>
internal sealed class InlineReaper : IReaper
{
    /// <inheritdoc/>
    public void Reap(Action work) => work();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
