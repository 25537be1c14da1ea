namespace Vpio.Benchmarks.Ownership;

/// <summary>Is a ticket lock.</summary>
/// <param name="inner">The lock.</param>
internal readonly struct FairTicketLock(TicketLock inner) : IExclusion
{
    public void Take() => inner.Enter();

    public void GiveBack() => inner.Exit();
}

/// <summary>Is a queue lock, by one thread.</summary>
/// <param name="inner">The lock.</param>
internal readonly unsafe struct FairQueueLock(QueueLock inner) : IExclusion
{
    private readonly QueueLock.Node* _node = inner.MakeNode();

    public void Take() => inner.Enter(_node);

    public void GiveBack() => inner.Exit(_node);
}
