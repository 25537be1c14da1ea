namespace Vpio.Benchmarks.Reporting;

/// <summary>Measures ours and its peers in turn, so that all meet the same weather, and compares ours with each of them round by round.</summary>
/// <param name="title">What is measured, as the table is headed.</param>
/// <param name="unit">The figure's unit.</param>
/// <param name="format">How a figure is written.</param>
internal sealed class Contest(string title, string unit, string format = "#,0.0")
{
    private readonly List<Contestant> _contestants = [];

    /// <summary>Gets or sets how often each is measured, after a while that is not counted.</summary>
    public int Rounds { get; init; } = 9;

    /// <summary>Adds a contestant; the first is ours.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="measure">Measures it once.</param>
    /// <param name="aim">What our figure over this one should be.</param>
    /// <returns>This contest.</returns>
    public Contest Add(string name, Func<double> measure, Aim? aim = null)
    {
        _contestants.Add(new Contestant(name, measure, aim));
        return this;
    }

    /// <summary>Measures, and shows the table.</summary>
    /// <param name="report">Where to.</param>
    public void Run(Report report)
    {
        Spread[] spreads = InTurn.Measure(Rounds, [.. _contestants.Select(each => each.Measure)]);
        report.Table(
            [title, unit, "ours to it", "aim of that"],
            _contestants.Select((each, i) => Row(each, spreads[i], i == 0 ? null : spreads[0].Over(spreads[i]))));
    }

    private string[] Row(Contestant contestant, Spread figures, Spread? ratio) =>
        [contestant.Name, figures.ToString(format), ratio?.ToString("0.###") ?? string.Empty, ratio is null ? string.Empty : contestant.Aim?.Judge(ratio) ?? "to be known"];
}
