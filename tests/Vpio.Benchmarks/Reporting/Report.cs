using System.Text;

namespace Vpio.Benchmarks.Reporting;

/// <summary>Is what one benchmark has to say, in Markdown: shown at once, and kept for the page.</summary>
/// <param name="screen">Where it is shown.</param>
internal sealed class Report(TextWriter screen)
{
    private readonly StringBuilder _text = new();

    private readonly List<Picture> _pictures = [];

    /// <summary>Gets the pictures that were shown.</summary>
    public IReadOnlyList<Picture> Pictures => _pictures;

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

    /// <summary>Shows a picture, which is written beside the page.</summary>
    /// <param name="name">What its file is called, without <c>.svg</c>.</param>
    /// <param name="description">What is to be seen there, for who cannot see it.</param>
    /// <param name="svg">The picture.</param>
    public void Picture(string name, string description, string svg)
    {
        Picture picture = new($"{name}.svg", svg);
        _pictures.Add(picture);
        Say($"![{description}]({picture.FileName})");
    }

    private void Row(IReadOnlyList<string> cells) => Write($"| {string.Join(" | ", cells)} |\n");

    private void Write(string text)
    {
        screen.Write(text);
        _text.Append(text);
    }
}
