namespace Vpio.Benchmarks.Reporting;

/// <summary>Is a picture of a report.</summary>
/// <param name="FileName">What its file is called, beside the page.</param>
/// <param name="Svg">The picture.</param>
internal sealed record Picture(string FileName, string Svg)
{
    /// <summary>Writes it beside the page.</summary>
    /// <param name="page">Where the page is.</param>
    public void WriteBeside(string page) => File.WriteAllText(Path.Combine(Path.GetDirectoryName(page) ?? string.Empty, FileName), Svg);
}
