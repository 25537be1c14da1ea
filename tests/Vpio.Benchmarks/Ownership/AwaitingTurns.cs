namespace Vpio.Benchmarks.Ownership;

/// <summary>Measures tasks that take turns: each awaits, notes its turn, gives back and awaits again.</summary>
internal static class AwaitingTurns
{
    /// <summary>Measures.</summary>
    /// <param name="guests">How many tasks.</param>
    /// <param name="turnOf">Has one turn of a task, and notes it while it lasts.</param>
    /// <returns>The rate.</returns>
    public static HandOverRate Measure(int guests, Func<int, TurnBook, CancellationToken, Task> turnOf)
    {
        TurnBook book = new(guests);
        using CancellationTokenSource over = new();
        Task[] tasks = [.. Enumerable.Range(0, guests).Select(guest => Task.Run(() => turnOf(guest, book, over.Token)))];
        HandOverRate rate = HandOverRate.Of(book);
        over.Cancel();
        Task.WaitAll(tasks);
        return rate;
    }
}
