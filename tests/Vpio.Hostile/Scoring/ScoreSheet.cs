using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Vpio.Abi;

namespace Vpio.Hostile.Scoring;

/// <summary>Is the score sheet: a line for each attack, and what they come to together.</summary>
/// <param name="scores">The lines.</param>
internal sealed class ScoreSheet(IReadOnlyList<Score> scores)
{
    private const int RefusalsShown = 3; // The most frequent; JSON has all.

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // For people, not for a page.
    };

    /// <summary>Gets how many hostile calls were made.</summary>
    public long Calls => scores.Sum(score => score.Calls);

    /// <summary>Gets how many effects on others were found.</summary>
    public int EffectCount => scores.Sum(score => score.Effects.Count);

    /// <summary>Writes the sheet for people.</summary>
    public string ToTable()
    {
        Table table = new Table().Border(TableBorder.Markdown).AddColumns("attack", "guest", "hostile calls", "writes, kicks", "effect on others", "how it ended", "mostly refused by");
        foreach (int column in (int[])[2, 3])
            table.Columns[column].RightAligned();
        foreach (Score score in scores)
            table.AddRow([.. Cells(score).Select(cell => new Text(cell))]);

        StringBuilder text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(new StringWriter(text, CultureInfo.InvariantCulture)) });
        console.Profile.Width = 250;
        console.Write(table);
        text.Remove(0, text.ToString().IndexOf('|', StringComparison.Ordinal)); // The border begins with a blank line.
        long frames = scores.Sum(score => score.NeighbourFrames);
        text.Append(CultureInfo.InvariantCulture, $"{Calls:N0} hostile calls, {EffectCount} effects; neighbours had the devices {scores.Sum(score => score.NeighbourTurns):N0} times and received {frames:N0} frames, all as they were sent.\n");
        return text.ToString();
    }

    /// <summary>Writes the sheet for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(new { Calls, EffectCount, Attacks = scores }, Readable);

    private static IEnumerable<string> Cells(Score score) =>
    [
        score.Attack, score.GuestKind, Count(score.Calls), Count(score.Touches),
        score.Effects.Count == 0 ? "none" : string.Join("; ", score.Effects), score.Ended, Refusals(score),
    ];

    private static string Refusals(Score score) => string.Join(", ", score.Answers
        .Where(each => each.Key < DeviceStatus.Ok)
        .OrderByDescending(each => each.Value)
        .Take(RefusalsShown)
        .Select(each => $"{each.Key} {Count(each.Value)}"));

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
