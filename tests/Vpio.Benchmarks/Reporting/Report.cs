using System.Text;

namespace Vpio.Benchmarks.Reporting;

/// <summary>Is what one benchmark has to say, in Markdown: shown at once, and kept for the page.</summary>
/// <param name="screen">Where it is shown.</param>
internal sealed class Report(TextWriter screen)
{
    private readonly StringBuilder _text = new();

    /// <summary>Gets all that was said.</summary>
    public string Text => _text.ToString();

    /// <summary>Says something, as a paragraph.</summary>
    /// <param name="paragraph">What.</param>
    public void Say(string paragraph) => Write($"{paragraph}\n\n");

    /// <summary>Shows a table.</summary>
    /// <param name="head">The names of the columns.</param>
    /// <param name="rows">The rows, each of as many cells.</param>
    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(head);
        Row([.. head.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (IReadOnlyList<string> row in rows)
            Row(row);
        Write("\n");
    }

    private void Row(IReadOnlyList<string> cells) => Write($"| {string.Join(" | ", cells)} |\n");

    private void Write(string text)
    {
        screen.Write(text);
        _text.Append(text);
    }
}
