namespace Vpio.Benchmarks.Reporting;

/// <summary>Is one benchmark: a section of the page.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">The section's heading.</param>
/// <param name="Run">Measures and reports.</param>
internal sealed record Benchmark(string Name, string Title, Action<Report> Run);
