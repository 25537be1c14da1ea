using System.Text.RegularExpressions;

namespace Vpio.Benchmarks.Reporting;

/// <summary>Is the page of all figures: a section of each benchmark, which the benchmark alone writes. One that is run again replaces its own.</summary>
internal sealed partial class PerformancePage
{
    private const string Preamble =
        """
        # Performance

        This page is written by the benchmarks themselves (`dotnet run -c Release --project tests/Vpio.Benchmarks -- --write docs/performance.md`, with the names of some to measure only these anew); nobody types a figure here.
        Each figure is compared with what a user would take instead, or with a limit of the machine, measured in the same run and in turn with it.
        Figures are medians of the rounds, and in brackets the lowest and the highest; a ratio is taken in each round, so its median need not be the ratio of the medians.
        An aim is met or missed where the interval in which the true median of the ratios lies, with a confidence of nine in ten, is on one side of its bound; else it is open.
        A ratio says nothing of another machine: run them on yours.
        """;

    private readonly IReadOnlyList<Benchmark> _benchmarks;
    private readonly Dictionary<string, string> _sections = [];

    /// <summary>Takes the sections over that a page has.</summary>
    /// <param name="benchmarks">All benchmarks, in the order of their sections.</param>
    /// <param name="page">The page as it is; empty when there is none.</param>
    public PerformancePage(IReadOnlyList<Benchmark> benchmarks, string page)
    {
        _benchmarks = benchmarks;
        foreach (Match section in Section().Matches(page))
            _sections[section.Groups["name"].Value] = section.Groups["text"].Value.Trim();
    }

    /// <summary>Says why a page cannot be written at a place, before anything is measured for it.</summary>
    /// <param name="path">The place.</param>
    /// <returns>The reason; null when it can, as far as can be told.</returns>
    public static string? WhyNotAt(string path)
    {
        if (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            return $"{path} is a folder or in none";
        return File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } text && !Section().IsMatch(text) ? $"{path} is another file than a page of benchmarks" : null;
    }

    /// <summary>Puts a section in the place of the one that the benchmark had.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="text">What it has to say.</param>
    public void Replace(Benchmark benchmark, string text) => _sections[benchmark.Name] = $"## {benchmark.Title}\n\n{text.Trim()}";

    /// <summary>Writes the page.</summary>
    /// <returns>Markdown.</returns>
    public override string ToString() =>
        string.Join("\n\n", _benchmarks.Where(each => _sections.ContainsKey(each.Name)).Select(each => $"<!-- benchmark {each.Name} -->\n\n{_sections[each.Name]}").Prepend(Preamble)) + "\n";

    [GeneratedRegex("<!-- benchmark (?<name>[a-z-]+) -->\n(?<text>.*?)(?=<!-- benchmark |\\z)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Section();
}
