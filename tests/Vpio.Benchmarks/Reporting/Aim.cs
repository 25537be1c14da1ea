using System.Globalization;

namespace Vpio.Benchmarks.Reporting;

/// <summary>Is what the ratio of ours to a peer's figure should be.</summary>
/// <param name="Bound">The bound.</param>
/// <param name="IsLeast">Whether it is the least; otherwise the most.</param>
internal sealed record Aim(double Bound, bool IsLeast)
{
    /// <summary>Asks for a ratio no higher than this.</summary>
    public static Aim AtMost(double bound) => new(bound, IsLeast: false);

    /// <summary>Asks for a ratio no lower than this.</summary>
    public static Aim AtLeast(double bound) => new(bound, IsLeast: true);

    /// <summary>Says what is asked for, and whether the rounds show that it is met.</summary>
    /// <param name="ratio">The ratio in each round.</param>
    /// <returns>Such as "at most 5: met"; open where the rounds differ too much to say, or one measured nothing.</returns>
    public string Judge(Spread ratio)
    {
        string verdict = ratio.Interval is { } interval && IsMetBy(interval.Low) == IsMetBy(interval.High)
            ? IsMetBy(ratio.Median) ? "met" : "**missed**"
            : $"open, {(IsMetBy(ratio.Median) ? "met" : "missed")} by the median";
        return string.Create(CultureInfo.InvariantCulture, $"at {(IsLeast ? "least" : "most")} {Bound:0.####}: {verdict}");
    }

    private bool IsMetBy(double ratio) => IsLeast ? ratio >= Bound : ratio <= Bound;
}
