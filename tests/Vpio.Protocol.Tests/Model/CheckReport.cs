using System.Globalization;
using System.Text.RegularExpressions;

namespace Vpio.Protocol.Tests.Model;

/// <summary>Is what the model checker said at the end of a run.</summary>
/// <param name="said">All of it.</param>
internal sealed partial class CheckReport(string said)
{
    /// <summary>Gets how many errors it found; -1 when it did not come to say so.</summary>
    public long Errors => Number(ErrorCount());

    /// <summary>Gets how many states it stored.</summary>
    public long States => Number(StateCount());

    /// <summary>Gets how deep it went.</summary>
    public long Depth => Number(DepthReached());

    /// <summary>Gets how long it took, seconds.</summary>
    public double Seconds => Match(Elapsed()) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    /// <summary>Gets what it found first.</summary>
    public string Found => Match(FirstError()).Groups[1].Value;

    /// <summary>Gets whether it looked at everything there is: it was stopped neither by memory nor by depth, and left nothing out.</summary>
    public bool IsComplete => States > 0 && !Incomplete().IsMatch(said);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{States:N0} states, depth {Depth:N0}, {Seconds:F1} s, {Errors} errors{(Found.Length > 0 ? ": " + Found : "")}");

    private Match Match(Regex pattern) => pattern.Match(said);

    private long Number(Regex pattern) =>
        Match(pattern) is { Success: true } match ? (long)double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex(@"errors: (\d+)")]
    private static partial Regex ErrorCount();

    [GeneratedRegex(@"^\s*([\d.e+]+) states, stored", RegexOptions.Multiline)]
    private static partial Regex StateCount();

    [GeneratedRegex(@"depth reached (\d+)")]
    private static partial Regex DepthReached();

    [GeneratedRegex(@"elapsed time ([\d.]+) seconds")]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"^pan:1: (.+)$", RegexOptions.Multiline)]
    private static partial Regex FirstError();

    [GeneratedRegex("Search not completed|max search depth too small|out of memory|memory exhausted|omitted|truncated|aborting")]
    private static partial Regex Incomplete();
}
