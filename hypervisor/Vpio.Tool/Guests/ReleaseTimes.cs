namespace Vpio.Tool.Guests;

/// <summary>Keeps how long one guest takes from being asked for the device to having released it.</summary>
/// <remarks>Threads: the guest writes, anybody reads.</remarks>
internal sealed class ReleaseTimes
{
    private long _lastTicks;
    private long _worstTicks;

    /// <summary>Gets the latest time; zero when the guest was never asked.</summary>
    internal TimeSpan Last => new(Volatile.Read(ref _lastTicks));

    /// <summary>Gets the longest time.</summary>
    internal TimeSpan Worst => new(Volatile.Read(ref _worstTicks));

    /// <summary>Adds a time.</summary>
    /// <param name="time">The time.</param>
    internal void Add(TimeSpan time)
    {
        // ORDER release: figures for a display; nothing is published by them. Pairs with Volatile.Read in ReleaseTimes.Last.
        Volatile.Write(ref _lastTicks, time.Ticks);
        if (time.Ticks > Volatile.Read(ref _worstTicks))
            Volatile.Write(ref _worstTicks, time.Ticks);
    }
}
