using DotNext.Threading;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Is DotNext's lock for awaiting code, taken where it is free.</summary>
/// <param name="inner">The lock.</param>
internal readonly struct DotNextLock(AsyncExclusiveLock inner) : IExclusion
{
    public void Take()
    {
        if (!inner.TryAcquire())
            throw new InvalidOperationException("Nobody else has this lock.");
    }

    public void GiveBack() => inner.Release();
}

/// <summary>Is Nito's lock for awaiting code, taken where it is free.</summary>
/// <param name="inner">The lock.</param>
internal struct NitoLock(Nito.AsyncEx.AsyncLock inner) : IExclusion
{
    private IDisposable? _key;

    public void Take() => _key = inner.Lock();

    public readonly void GiveBack() => _key!.Dispose();
}
