namespace Vpio.Tool.Accounting;

/// <summary>Measures how evenly something was shared: 1 when all got the same, 1/n when one of n got it all.</summary>
/// <remarks>Source: R. Jain, D. Chiu, W. Hawe, "A Quantitative Measure of Fairness", DEC-TR-301, 1984.</remarks>
internal static class JainIndex
{
    /// <summary>Computes (sum x)² / (n · sum x²).</summary>
    /// <param name="shares">What each got; none negative.</param>
    /// <returns>The index, 1/n to 1; 1 when there are no shares, or all are zero: nobody got more than another.</returns>
    internal static double Of(IReadOnlyCollection<double> shares)
    {
        double sum = 0;
        double squares = 0;
        foreach (double share in shares)
        {
            sum += share;
            squares += share * share;
        }

        return squares == 0 ? 1 : sum * sum / (shares.Count * squares);
    }
}
