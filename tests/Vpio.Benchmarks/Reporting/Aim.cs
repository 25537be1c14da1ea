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

    /// <summary>Says what is asked for, and whether a median meets it.</summary>
    /// <param name="median">The median of the ratios.</param>
    /// <returns>Such as "at most 5: met".</returns>
    public string Judge(double median)
    {
        bool met = IsLeast ? median >= Bound : median <= Bound;
        return string.Create(CultureInfo.InvariantCulture, $"at {(IsLeast ? "least" : "most")} {Bound:0.####}: {(met ? "met" : "**missed**")}");
    }
}
