using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Vpio.Documentation.Tests.Shown;

/// <summary>Draws what a terminal shows as SVG: a window of its own colours, so that it is read on white and on black.</summary>
/// <param name="title">What the window is called.</param>
internal sealed partial class ConsolePicture(string title) : IAnsiConsoleEncoder
{
    private const double CellWidth = 7.8;
    private const int LineHeight = 18;
    private const int Margin = 16;
    private const int TitleHeight = 30;

    /// <inheritdoc/>
    public string Encode(IAnsiConsole console, IEnumerable<IRenderable> renderables)
    {
        List<SegmentLine> lines = Segment.SplitLines(renderables.SelectMany(each => each.GetSegments(console)));
        while (lines.Count > 0 && lines[^1].All(segment => string.IsNullOrWhiteSpace(segment.Text)))
            lines.RemoveAt(lines.Count - 1);
        double width = (lines.Max(line => line.CellCount()) * CellWidth) + (2 * Margin);
        int height = TitleHeight + (lines.Count * LineHeight) + Margin;

        StringBuilder picture = new();
        picture.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0} {height}\" width=\"{width:0}\" height=\"{height}\" role=\"img\">\n");
        picture.Append(CultureInfo.InvariantCulture, $"<title>{SecurityElement.Escape(title)}</title>\n");
        picture.Append(CultureInfo.InvariantCulture, $"<rect x=\"0.5\" y=\"0.5\" width=\"{width - 1:0}\" height=\"{height - 1}\" rx=\"8\" fill=\"#161b22\" stroke=\"#6e7681\"/>\n");
        picture.Append("<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"13\" fill=\"#e6edf3\">\n");
        picture.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"20\" fill=\"#8b949e\">{SecurityElement.Escape(title)}</text>\n");
        for (int line = 0; line < lines.Count; line++)
            Draw(picture, lines[line], TitleHeight + (line * LineHeight) + 14);
        return picture.Append("</g>\n</svg>\n").ToString();
    }

    // Each cell of a table is drawn by itself and stretched to its place: whatever font a reader has, the columns stand.
    private static void Draw(StringBuilder picture, SegmentLine line, int y)
    {
        int column = 0;
        foreach (Segment segment in line)
        {
            foreach (Match cell in Cell().Matches(segment.Text))
            {
                picture.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin + ((column + cell.Index) * CellWidth):0.#}\" y=\"{y}\" textLength=\"{cell.Length * CellWidth:0.#}\"{Look(segment.Style)}>");
                picture.Append(SecurityElement.Escape(cell.Value)).Append("</text>\n");
            }

            column += segment.CellCount();
        }
    }

    private static string Look(Style style) =>
        (style.Foreground == Color.Green ? " fill=\"#3fb950\"" : style.Foreground == Color.Red ? " fill=\"#f85149\"" : "")
        + (style.Decoration.HasFlag(Decoration.Bold) ? " font-weight=\"bold\"" : "")
        + (style.Decoration.HasFlag(Decoration.Underline) ? " text-decoration=\"underline\"" : "");

    [GeneratedRegex(@"\S+( \S+)*")]
    private static partial Regex Cell();
}
