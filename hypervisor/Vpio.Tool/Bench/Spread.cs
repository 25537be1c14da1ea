namespace Vpio.Tool.Bench;

/// <summary>Is a figure that was measured several times.</summary>
/// <param name="Median">The median.</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
internal readonly record struct Spread(double Median, double Lowest, double Highest)
{
    /// <summary>Takes measurements together.</summary>
    /// <param name="measured">At least one.</param>
    internal static Spread Of(IEnumerable<double> measured)
    {
        double[] sorted = [.. measured.Order()];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
