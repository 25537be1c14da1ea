using System.Globalization;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Captures;
using Vpio.Tool.Reporting;

namespace Vpio.Tool.Traffic;

/// <summary>Counts the frames of an input that were not carried, by reason, and names the first few of each.</summary>
/// <remarks>Threads: one.</remarks>
internal sealed class NotCarried
{
    /// <summary>The most frames named for each reason.</summary>
    internal const int Named = 5;

    private readonly SortedDictionary<NotCarriedReason, Tally> _tallies = [];

    /// <summary>Gets the number of frames not carried.</summary>
    internal long Total => _tallies.Values.Sum(tally => tally.Count);

    /// <summary>Gets the reasons that occurred, with their counts.</summary>
    internal IReadOnlyList<(NotCarriedReason Reason, long Count)> Counts =>
        [.. _tallies.Select(entry => (entry.Key, entry.Value.Count))];

    /// <summary>Gets a sentence for each reason that occurred.</summary>
    internal IEnumerable<string> Sentences => _tallies.Select(entry => Describe(entry.Key, entry.Value));

    /// <summary>Adds a frame of the capture, and names it if it is among the first.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="source">Its source address; null when it has none.</param>
    internal void Add(NotCarriedReason reason, in CapturedFrame frame, MacAddress? source)
    {
        Tally tally = Of(reason);
        tally.Count++;
        if (tally.Names.Count < Named)
            tally.Names.Add(Name(reason, frame, source));
    }

    /// <summary>Adds frames without naming them.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="count">How many; none adds nothing.</param>
    internal void Add(NotCarriedReason reason, long count)
    {
        if (count > 0)
            Of(reason).Count += count;
    }

    /// <summary>Says a reason in the words of the summary.</summary>
    /// <param name="reason">The reason.</param>
    /// <returns>A phrase that follows "not carried: ".</returns>
    internal static string Phrase(NotCarriedReason reason) => reason switch
    {
        NotCarriedReason.TooLong => $"longer than {NicFrame.MaxBytes} bytes",
        NotCarriedReason.TooShort => $"shorter than {NicFrame.MinBytes} bytes",
        NotCarriedReason.NotEthernet => "link type not Ethernet",
        NotCarriedReason.TimeWasUp => "time was up",
        NotCarriedReason.Interrupted => "the run was interrupted",
        NotCarriedReason.GuestStopped => "its guest was stopped",
        NotCarriedReason.DeviceTaken => "the NIC was taken from its guest",
        _ => reason.ToString(),
    };

    private static string Name(NotCarriedReason reason, in CapturedFrame frame, MacAddress? source)
    {
        string record = string.Create(CultureInfo.InvariantCulture, $"record {frame.RecordNumber} ({frame.OriginalLength} bytes");
        string detail = reason == NotCarriedReason.NotEthernet ? $", {LinkType.Describe(frame.LinkType)})" : source is { } mac ? $" from {mac})" : ")";
        return record + detail;
    }

    private static string Describe(NotCarriedReason reason, Tally tally)
    {
        string sentence = $"{Figure.Count(tally.Count, "frame")} not carried, {Phrase(reason)}";
        if (tally.Names.Count == 0)
            return sentence;
        string names = string.Join(", ", tally.Names);
        long unnamed = tally.Count - tally.Names.Count;
        return unnamed == 0 ? $"{sentence}: {names}" : $"{sentence}: {names} and {unnamed} more";
    }

    private Tally Of(NotCarriedReason reason)
    {
        if (!_tallies.TryGetValue(reason, out Tally? tally))
            _tallies.Add(reason, tally = new Tally());
        return tally;
    }

    private sealed class Tally
    {
        internal long Count { get; set; }

        internal List<string> Names { get; } = [];
    }
}
