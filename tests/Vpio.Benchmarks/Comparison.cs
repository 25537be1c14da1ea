namespace Vpio.Benchmarks;

/// <summary>Is what two measurements came to, round by round.</summary>
/// <param name="Ours">Ours.</param>
/// <param name="Peer">The peer's.</param>
internal sealed record Comparison(double[] Ours, double[] Peer)
{
    /// <summary>Gets ours over the peer's, pair by pair.</summary>
    public double[] Ratios => [.. Ours.Zip(Peer, (ours, peer) => ours / peer)];

    /// <summary>Prints a line for each and one for the ratio.</summary>
    /// <param name="ours">What ours is.</param>
    /// <param name="peer">What the peer is.</param>
    /// <param name="unit">The unit of both.</param>
    /// <param name="format">How a figure is written.</param>
    /// <param name="aim">What the ratio should be.</param>
    public void Print(string ours, string peer, string unit, string format, string aim)
    {
        Console.WriteLine($"  {ours,-48} {Rounds.Spread(Ours, format)} {unit}");
        Console.WriteLine($"  {peer,-48} {Rounds.Spread(Peer, format)} {unit}");
        Console.WriteLine($"  {"ratio",-48} {Rounds.Spread(Ratios, "0.000")}   (aim: {aim})\n");
    }
}
