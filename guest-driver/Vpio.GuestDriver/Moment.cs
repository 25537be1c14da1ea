using System.Diagnostics;

namespace Vpio.GuestDriver;

/// <summary>Is a moment of looking before a sleep: as long as that costs less than the sleep and the wake-up that ends it.</summary>
internal struct Moment
{
    private static readonly long Ticks = Environment.ProcessorCount == 1 ? 0 : Stopwatch.Frequency / 1_000_000 * 30;

    private long _end;

    /// <summary>Spins once, while it lasts. The first call begins it.</summary>
    /// <param name="spins">How long, in spins of the processor. Nothing yields, which another thread could make long.</param>
    /// <returns><see langword="false"/> when it is over.</returns>
    internal bool Lasts(int spins)
    {
        long now = Stopwatch.GetTimestamp();
        if (_end == 0)
            _end = now + Ticks;
        if (now > _end)
            return false;
        Thread.SpinWait(spins);
        return true;
    }
}
