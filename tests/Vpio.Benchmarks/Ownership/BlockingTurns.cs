namespace Vpio.Benchmarks.Ownership;

/// <summary>Measures threads that take turns: each takes, notes its turn, gives back and takes again.</summary>
internal static class BlockingTurns
{
    /// <summary>Measures over one exclusion that all of them share, or each its own way to it.</summary>
    /// <typeparam name="TExclusion">What they take.</typeparam>
    /// <param name="guests">How many threads.</param>
    /// <param name="exclusionOf">What a thread takes.</param>
    /// <returns>The rate.</returns>
    public static HandOverRate Measure<TExclusion>(int guests, Func<int, TExclusion> exclusionOf)
        where TExclusion : struct, IExclusion
    {
        TurnBook book = new(guests);
        using CancellationTokenSource over = new();
        Thread[] threads = [.. Enumerable.Range(0, guests).Select(guest => new Thread(() => Take(guest, exclusionOf(guest), book, over.Token)) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        HandOverRate rate = HandOverRate.Of(book);
        over.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
        return rate;
    }

    private static void Take<TExclusion>(int guest, TExclusion exclusion, TurnBook book, CancellationToken over)
        where TExclusion : struct, IExclusion
    {
        while (!over.IsCancellationRequested)
        {
            exclusion.Take();
            book.Note(guest);
            exclusion.GiveBack();
        }
    }
}
