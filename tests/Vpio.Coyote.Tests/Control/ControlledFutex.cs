using Vpio.Abi.Layout;

namespace Vpio.Coyote.Tests.Control;

/// <summary>Stands in for the futex of Linux, in a monitor that Coyote knows: whoever sleeps on any word is woken by each wake-up, and looks again, as after one that came for no reason.</summary>
internal static class ControlledFutex
{
    private static readonly object Gate = new();

    public static bool IsThere => true;

    public static void Wait([SharedWord] ref uint first, uint firstValue, [SharedWord] ref uint second, uint secondValue, long? untilNs = null)
    {
        if (untilNs is not null)
            throw new NotSupportedException("Coyote knows no time.");
        lock (Gate)
        {
            if (Volatile.Read(ref first) == firstValue && Volatile.Read(ref second) == secondValue)
                Monitor.Wait(Gate);
        }
    }

    public static void WaitPrivate([SharedWord] ref uint word, uint value)
    {
        lock (Gate)
        {
            if (Volatile.Read(ref word) == value)
                Monitor.Wait(Gate);
        }
    }

    public static void WaitPrivate([SharedWord] ref uint word, uint value, long restNs)
    {
        _ = (word, value, restNs);
        throw new NotSupportedException("Coyote knows no time.");
    }

    public static void Wake([SharedWord] ref uint word) => WakeAllPrivate(ref word);

    public static void WakeAll([SharedWord] ref uint word) => WakeAllPrivate(ref word);

    public static void WakeAllPrivate([SharedWord] ref uint word)
    {
        _ = word;
        lock (Gate)
            Monitor.PulseAll(Gate);
    }
}
