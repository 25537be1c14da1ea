using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Upcalls;

/// <summary>Is an interrupt of a guest in this process: its handler, run by the pool. The hypervisor's own threads never run it.</summary>
/// <param name="handler">What the guest has set.</param>
internal sealed class UpcallInterrupt(Action handler) : IThreadPoolWorkItem
{
    [SharedWord]
    private int _requested;

    /// <summary>Lets the handler run, if it is not about to.</summary>
    public void Request()
    {
        // ORDER full: what is to be seen was set before; a handler that is about to run sees it. Pairs with Interlocked.Exchange in UpcallInterrupt.Execute.
        // To the queue of this thread first: who has released is about to wait, and what it released is in its cache.
        if (Interlocked.Exchange(ref _requested, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <inheritdoc/>
    public void Execute()
    {
        // ORDER full: who requests after this queues it anew; what was set before a request that found it queued is seen by the handler. Pairs with Interlocked.Exchange in UpcallInterrupt.Request.
        Interlocked.Exchange(ref _requested, 0);
        handler();
    }
}
