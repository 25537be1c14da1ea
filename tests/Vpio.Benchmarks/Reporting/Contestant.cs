namespace Vpio.Benchmarks.Reporting;

/// <summary>Is one of those that are compared by a figure.</summary>
/// <param name="Name">What it is, as the table names it.</param>
/// <param name="Measure">Measures it once, over long enough a time.</param>
/// <param name="Aim">What our figure over this one should be; null where that only is to be known.</param>
internal sealed record Contestant(string Name, Func<double> Measure, Aim? Aim = null);
