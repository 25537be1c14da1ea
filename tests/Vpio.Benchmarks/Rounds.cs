using System.Globalization;

namespace Vpio.Benchmarks;

/// <summary>Runs two measurements in turn, so that both meet the same weather, and compares them pair by pair.</summary>
internal static class Rounds
{
    /// <summary>Compares a figure with that of a peer.</summary>
    /// <param name="rounds">How many pairs.</param>
    /// <param name="ours">Measures ours.</param>
    /// <param name="peer">Measures the peer.</param>
    /// <returns>What came of it.</returns>
    public static Comparison Compare(int rounds, Func<double> ours, Func<double> peer)
    {
        ours();
        peer();
        double[] a = new double[rounds];
        double[] b = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            // Each goes first as often as second.
            if (i % 2 == 0)
                (a[i], b[i]) = (ours(), peer());
            else
                (b[i], a[i]) = (peer(), ours());
        }

        return new Comparison(a, b);
    }

    /// <summary>Writes a spread of figures.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="format">How each is written.</param>
    /// <returns>Median, lowest and highest.</returns>
    public static string Spread(double[] figures, string format)
    {
        double[] sorted = [.. figures.Order()];
        string Text(double figure) => figure.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(Median(figures))} [{Text(sorted[0])}-{Text(sorted[^1])}]";
    }

    /// <summary>Finds the median.</summary>
    /// <param name="figures">The figures.</param>
    /// <returns>The middle one.</returns>
    public static double Median(double[] figures) => figures.Order().ElementAt(figures.Length / 2);
}
