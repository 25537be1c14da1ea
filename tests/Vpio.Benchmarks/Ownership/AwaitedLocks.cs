using DotNext.Threading;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Takes turns by the locks for awaiting code that one would take instead.</summary>
internal static class AwaitedLocks
{
    public static async Task BySemaphore(SemaphoreSlim semaphore, int guest, TurnBook book, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await semaphore.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            book.Note(guest);
            semaphore.Release();
        }
    }

    public static async Task ByDotNext(AsyncExclusiveLock inner, int guest, TurnBook book, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await inner.AcquireAsync(CancellationToken.None).ConfigureAwait(false);
            book.Note(guest);
            inner.Release();
        }
    }

    public static async Task ByNito(Nito.AsyncEx.AsyncLock inner, int guest, TurnBook book, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using (await inner.LockAsync(CancellationToken.None).ConfigureAwait(false))
                book.Note(guest);
        }
    }
}
