using Spectre.Console;
using Spectre.Console.Rendering;

namespace Vpio.Tool.Reporting;

/// <summary>Shows the run on a terminal, in place: what the device does, and a line for each guest.</summary>
/// <param name="console">The terminal.</param>
/// <param name="duration">How long the run is to last; null when the traffic decides.</param>
internal sealed class LiveTable(IAnsiConsole console, TimeSpan? duration) : IRunView
{
    // The lines around the guests: four above, the header, its rule, one for guests not shown, and the cursor's.
    private const int OtherLines = 8;
    private const int LeastWidth = 40;

    /// <inheritdoc/>
    public TimeSpan Interval => TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public void During(Action<Action<RunSnapshot>> run)
    {
        if (console.Profile.Height <= OtherLines || console.Profile.Width < LeastWidth)
        {
            new PlainProgress(console.Profile.Out.Writer).During(run);
            return;
        }

        console.Live(Text.Empty).AutoClear(true).Start(live => run(snapshot =>
        {
            live.UpdateTarget(Draw(snapshot));
            live.Refresh();
        }));
    }

    /// <summary>Draws a look at the run, no larger than the terminal.</summary>
    /// <param name="run">The look.</param>
    internal IRenderable Draw(RunSnapshot run)
    {
        int room = Math.Max(1, console.Profile.Height - OtherLines);
        IReadOnlyList<GuestColumn> columns = GuestColumn.Fitting(run, console.Profile.Width);
        Table table = Frame(columns);
        foreach (GuestSnapshot guest in run.Guests.Take(room))
            table.AddRow(columns.Select(column => Cell(column, run, guest)));
        List<IRenderable> parts = [.. Head(run), table];
        if (run.Guests.Count > room)
            parts.Add(Line($"and {Figure.Count(run.Guests.Count - room, "guest")} more; the terminal has room for {room}"));
        return new Rows(parts);
    }

    private IEnumerable<IRenderable> Head(RunSnapshot run)
    {
        string whole = duration is { } end ? $" of {Figure.Seconds(end, 1)}" : "";
        yield return Line($"{Figure.Seconds(run.Elapsed, 1)}{whole} s   device 0 {DeviceText.State(run.Device)}");
        yield return Line(DeviceText.Sharing(run.Statistics));
        yield return Line(DeviceText.Release(run.Statistics));
        yield return Text.Empty;
    }

    // Cut rather than wrapped: the table is drawn over itself, and every line of it must stay one.
    private Text Line(string text)
    {
        int width = console.Profile.Width;
        return new Text(text.Length <= width ? text : text[..(width - 1)] + "…");
    }

    private static Table Frame(IReadOnlyList<GuestColumn> columns)
    {
        Table table = new Table { ShowHeaders = true }.Border(TableBorder.None);
        foreach (GuestColumn column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Header, new Style(decoration: Decoration.Underline)))
            {
                Width = column.Width,
                NoWrap = true,
                Padding = new Padding(0, 0, column == columns[^1] ? 0 : GuestColumn.Gap, 0),
                Alignment = column.IsFigure ? Justify.Right : Justify.Left,
            });
        }

        return table;
    }

    private static Text Cell(GuestColumn column, RunSnapshot run, GuestSnapshot guest)
    {
        Style style = DeviceText.Owns(run, guest) ? new Style(Color.Green, decoration: Decoration.Bold)
            : guest.Ownership.ForcedStops > 0 ? new Style(Color.Red)
            : Style.Plain;
        return new Text(column.Text(run, guest), style) { Overflow = Overflow.Ellipsis };
    }
}
