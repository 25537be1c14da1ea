using Vpio.Tool.Run;

namespace Vpio.Tool.Reporting;

/// <summary>Is a column of the tables that have a line for each guest.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Width">How many characters it takes.</param>
/// <param name="Rank">What goes first when there is no room for all: the highest.</param>
/// <param name="IsFigure">Whether it stands to the right.</param>
/// <param name="Text">What it says of a guest.</param>
internal sealed record GuestColumn(string Header, int Width, int Rank, bool IsFigure, Func<RunSnapshot, GuestSnapshot, string> Text)
{
    /// <summary>Gets when it says anything; else it is left out.</summary>
    internal Func<RunSnapshot, bool> Matters { get; init; } = _ => true;

    /// <summary>The characters between two columns.</summary>
    internal const int Gap = 2;

    private static readonly GuestColumn[] Columns =
    [
        new("guest", 5, 0, false, (_, guest) => guest.Id.ToString()),
        new("kind", 9, 5, false, (_, guest) => GuestKinds.Name(guest.Kind)) { Matters = run => run.KindsDiffer },
        new("role", 8, 4, false, (_, guest) => DeviceText.Role(guest)),
        new("state", 11, 0, false, DeviceText.Activity),
        new("*", 1, 1, false, (run, guest) => DeviceText.Owns(run, guest) ? "*" : " "),
        new("last gen", 8, 6, true, (_, guest) => guest.Generation.ToString()),
        new("slices", 7, 3, true, (_, guest) => Figure.Count(guest.Ownership.Grants)),
        new("sent", 10, 1, true, (_, guest) => Figure.Count(guest.Sent)),
        new("received", 10, 1, true, (_, guest) => Figure.Count(guest.Received)),
        new("dropped", 8, 8, true, (_, guest) => Figure.Count(guest.ParkedDropped + guest.StoppedDropped)),
        new("device ms", 9, 7, true, (_, guest) => Figure.Milliseconds(guest.Ownership.Owned)),
        new("release", 8, 2, true, (_, guest) => guest.LastRelease == default ? "-" : Figure.Short(guest.LastRelease)),
        new("forced", 6, 2, true, (_, guest) => Figure.Count(guest.Ownership.ForcedStops)),
        new("replaced", 8, 3, true, (_, guest) => Figure.Count(guest.Replacements)) { Matters = run => run.Replacements > 0 },
        new("address", 17, 9, false, (_, guest) => guest.Mac.ToString()),
    ];

    /// <summary>Picks the columns that say something and fit, in their order.</summary>
    /// <param name="run">What is shown.</param>
    /// <param name="width">The characters of a line.</param>
    /// <returns>At least the most important one.</returns>
    internal static IReadOnlyList<GuestColumn> Fitting(RunSnapshot run, int width)
    {
        var chosen = new HashSet<GuestColumn>();
        int left = width;
        foreach (GuestColumn column in Columns.Where(column => column.Matters(run)).OrderBy(column => column.Rank))
        {
            left -= column.Width + Gap;
            if (left < -Gap && chosen.Count > 0)
                break;
            chosen.Add(column);
        }

        return [.. Columns.Where(chosen.Contains)];
    }

    /// <summary>Writes a text as wide as the column.</summary>
    /// <param name="text">The text.</param>
    internal string Pad(string text) => IsFigure ? text.PadLeft(Width) : text.PadRight(Width);
}
