using Vpio.Tool.Run;

namespace Vpio.Tool.Guests;

/// <summary>Paces a stream of frames to a rate, over the whole of its time: who could not send for a while catches up.</summary>
/// <param name="rate">The rate.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(FrameRate rate, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _taken;

    /// <summary>Tells how many frames may go now.</summary>
    /// <returns>A count; 0 while the next is not due.</returns>
    internal long Due() => rate.IsMax ? long.MaxValue : Math.Max(0, rate.DueAfter(time.GetElapsedTime(_start)) - _taken);

    /// <summary>Notes that frames went.</summary>
    internal void Took(int count) => _taken += count;

    /// <summary>Tells how long it is until the next frame is due.</summary>
    /// <returns>Zero when one is.</returns>
    internal TimeSpan UntilNext()
    {
        if (rate.IsMax)
            return TimeSpan.Zero;
        TimeSpan wait = TimeSpan.FromSeconds((double)_taken / rate.PerSecond) - time.GetElapsedTime(_start);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
