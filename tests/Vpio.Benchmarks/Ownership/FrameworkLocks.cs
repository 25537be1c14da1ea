namespace Vpio.Benchmarks.Ownership;

/// <summary>Is a compare-exchange of a word to take, and one to give back: what any lock costs at least.</summary>
/// <param name="word">The word, alone in its cache line.</param>
internal readonly struct CompareExchangePair(ulong[] word) : IExclusion
{
    public void Take()
    {
        while (Interlocked.CompareExchange(ref word[8], 1, 0) != 0)
            Thread.SpinWait(1);
    }

    public void GiveBack() => Interlocked.CompareExchange(ref word[8], 0, 1);
}

/// <summary>Is <see cref="Lock"/>.</summary>
/// <param name="inner">The lock.</param>
internal readonly struct FrameworkLock(Lock inner) : IExclusion
{
    public void Take() => inner.Enter();

    public void GiveBack() => inner.Exit();
}

/// <summary>Is <see cref="Monitor"/>.</summary>
/// <param name="inner">The object.</param>
internal readonly struct FrameworkMonitor(object inner) : IExclusion
{
    public void Take() => Monitor.Enter(inner);

    public void GiveBack() => Monitor.Exit(inner);
}

/// <summary>Is <see cref="SemaphoreSlim"/> of one.</summary>
/// <param name="inner">The semaphore.</param>
internal readonly struct FrameworkSemaphore(SemaphoreSlim inner) : IExclusion
{
    public void Take() => inner.Wait();

    public void GiveBack() => inner.Release();
}

/// <summary>Is a <see cref="Mutex"/> with a name: what processes share.</summary>
/// <param name="inner">The mutex.</param>
internal readonly struct NamedMutex(Mutex inner) : IExclusion
{
    public void Take() => inner.WaitOne();

    public void GiveBack() => inner.ReleaseMutex();
}
