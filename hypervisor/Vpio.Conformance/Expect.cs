using System.Diagnostics;

namespace Vpio.Conformance;

/// <summary>Says what a case expects; the first that is not so ends it.</summary>
internal static class Expect
{
    /// <summary>How long a case waits for what must come about, unless it is tried with less patience: microseconds are enough, and a busy machine may take its time.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    private static readonly AsyncLocal<TimeSpan?> CurrentPatience = new();

    /// <summary>Gets or sets how long the present case waits.</summary>
    public static TimeSpan Patience
    {
        get => CurrentPatience.Value ?? DefaultPatience;
        set => CurrentPatience.Value = value;
    }

    /// <summary>Expects a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="what">What must be so, as a sentence.</param>
    public static void That(bool condition, string what)
    {
        if (!condition)
            throw new CaseEnded(CaseVerdict.Failed, what);
    }

    /// <summary>Expects a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="actual">What it is.</param>
    /// <param name="expected">What it must be.</param>
    /// <param name="what">What it is the value of.</param>
    public static void Equal<T>(T actual, T expected, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
            throw new CaseEnded(CaseVerdict.Failed, $"{what} is {actual}, not {expected}");
    }

    /// <summary>Expects a condition to come true before long.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="what">What must come true, as a sentence.</param>
    public static void Soon(Func<bool> condition, string what)
    {
        long since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new CaseEnded(CaseVerdict.Failed, $"{what}, within {Patience.TotalSeconds:0} s");
            Thread.Sleep(1);
        }
    }

    /// <summary>Expects a call that is under way to end before long.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="what">What must come true, as a sentence.</param>
    /// <returns>The answer.</returns>
    public static T Ended<T>(Task<T> call, string what)
    {
        That(call.Wait(Patience), $"{what}, within {Patience.TotalSeconds:0} s");
        return call.Result;
    }

    /// <summary>Ends a case that cannot be tried.</summary>
    /// <param name="condition">Whether it can.</param>
    /// <param name="why">Why.</param>
    public static void Applicable(bool condition, string why)
    {
        if (!condition)
            throw new CaseEnded(CaseVerdict.NotApplicable, why);
    }
}
