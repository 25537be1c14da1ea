using System.Globalization;

namespace Vpio.Benchmarks.Reporting;

/// <summary>Is what a figure came to in several rounds.</summary>
/// <param name="Figures">One of each round, in their order.</param>
internal sealed record Spread(IReadOnlyList<double> Figures)
{
    private const double MostInATail = 0.05;

    /// <summary>Gets the middle one; of an even number, the upper of the two.</summary>
    public double Median => Figures.Order().ElementAt(Figures.Count / 2);

    /// <summary>Gets between which two of the figures the true median lies, with a confidence of nine in ten at least; null where there are too few for that, or one is no figure.</summary>
    /// <remarks>Each figure is above the true median as likely as below it, however they are distributed: how many are is binomial.</remarks>
    public (double Low, double High)? Interval
    {
        get
        {
            if (!Figures.All(double.IsFinite))
                return null; // A round in which a peer did nothing says nothing of ours.
            double[] sorted = [.. Figures.Order()];
            int outside = 0;
            double chance = Math.Pow(0.5, sorted.Length); // Of exactly so many below the median.
            for (double tail = chance; tail <= MostInATail; tail += chance)
            {
                outside++;
                chance *= (double)(sorted.Length - outside + 1) / outside;
            }

            return outside == 0 ? null : (sorted[outside - 1], sorted[^outside]);
        }
    }

    /// <summary>Divides by another figure, round by round.</summary>
    /// <param name="other">The other, of as many rounds.</param>
    /// <returns>The ratios.</returns>
    public Spread Over(Spread other) => new([.. Figures.Zip(other.Figures, (ours, theirs) => ours / theirs)]);

    /// <summary>Writes median, lowest and highest.</summary>
    /// <param name="format">How each is written.</param>
    /// <returns>Such as "12.3 [11.9-14.0]".</returns>
    public string ToString(string format)
    {
        string Text(double figure) => figure.ToString(format, CultureInfo.InvariantCulture);
        return Figures.Count == 1 ? Text(Figures[0]) : $"{Text(Median)} [{Text(Figures.Min())}-{Text(Figures.Max())}]";
    }
}
