using System.Diagnostics;

namespace Vpio.Conformance;

/// <summary>Says what a case expects; the first that is not so ends it.</summary>
internal static class Expect
{
    // A condition comes true within microseconds; a busy machine may take its time.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

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
            if (Stopwatch.GetElapsedTime(since) > Limit)
                throw new CaseEnded(CaseVerdict.Failed, $"{what}, within {Limit.TotalSeconds:0} s");
            Thread.Sleep(1);
        }
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
