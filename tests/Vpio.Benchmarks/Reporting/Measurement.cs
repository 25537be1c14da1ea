namespace Vpio.Benchmarks.Reporting;

/// <summary>Is the program: measures what it is asked to, shows it, and writes it into the page.</summary>
/// <param name="benchmarks">All benchmarks.</param>
internal sealed class Measurement(IReadOnlyList<Benchmark> benchmarks)
{
    private const string WriteOption = "--write";

    /// <summary>Runs what the arguments name: benchmarks, all when none is named; and with <c>--write FILE</c> the page to write.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The exit code.</returns>
    public int Run(string[] arguments)
    {
        int option = Array.IndexOf(arguments, WriteOption);
        string? page = option >= 0 && option + 1 < arguments.Length ? arguments[option + 1] : null;
        string[] names = option < 0 ? arguments : [.. arguments.Where((_, at) => at != option && at != option + 1)];
        string[] unknown = [.. names.Except(benchmarks.Select(each => each.Name))];
        string? problem = unknown.Length > 0 ? $"There is no benchmark {string.Join(", ", unknown)}"
            : option < 0 ? null
            : page is null || benchmarks.Any(each => each.Name == page) ? $"{WriteOption} takes a file"
            : PerformancePage.WhyNotAt(page);
        if (problem is not null)
        {
            Console.Error.WriteLine($"{problem}; name some of {string.Join(", ", benchmarks.Select(each => each.Name))}, or none to run all, and {WriteOption} FILE to write the page.");
            return 2;
        }

        foreach (Benchmark benchmark in benchmarks.Where(each => names.Length == 0 || names.Contains(each.Name)))
            Run(benchmark, page);
        return 0;
    }

    // After each: what was measured is not lost when a later one fails.
    private void Run(Benchmark benchmark, string? page)
    {
        Console.WriteLine($"## {benchmark.Title}\n");
        Report report = new(Console.Out);
        benchmark.Run(report);
        report.Say(Weather.Describe());
        if (page is null)
            return;
        PerformancePage written = new(benchmarks, File.Exists(page) ? File.ReadAllText(page) : string.Empty);
        written.Replace(benchmark, report.Text);
        File.WriteAllText(page, written.ToString());
        foreach (Picture picture in report.Pictures)
            picture.WriteBeside(page);
    }
}
