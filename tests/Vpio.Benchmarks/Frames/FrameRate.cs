using System.Diagnostics;

namespace Vpio.Benchmarks.Frames;

/// <summary>Measures how many million frames a way carries in a second.</summary>
internal static class FrameRate
{
    /// <summary>Gives how many frames are sent before the other side is told.</summary>
    public const int BatchFrames = 32;

    /// <summary>Measures a way between two threads, until the last frame came out.</summary>
    /// <param name="path">The way.</param>
    /// <param name="frames">How many frames.</param>
    /// <returns>Million frames a second.</returns>
    public static double Over(IFramePath path, int frames)
    {
        Thread taker = new(() => path.Take(frames)) { IsBackground = true };
        taker.Start();
        return Of(frames, () =>
        {
            path.Send(frames);
            taker.Join();
        });
    }

    /// <summary>Measures something that carries frames.</summary>
    /// <param name="frames">How many it carries.</param>
    /// <param name="carry">Carries them.</param>
    /// <returns>Million frames a second.</returns>
    public static double Of(int frames, Action carry)
    {
        long start = Stopwatch.GetTimestamp();
        carry();
        return frames / Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}
