namespace Vpio.Analyzers.Baseline;

/// <summary>Is what a line of a baseline file says.</summary>
/// <param name="TakesBack">Whether it takes back what was shipped.</param>
/// <param name="Entry">The entry, or null when it cannot be read.</param>
internal sealed record BaselineStatement(bool TakesBack, BaselineEntry? Entry) : IComparable<BaselineStatement>
{
    /// <summary>What a line begins with that takes back what was shipped.</summary>
    public const string Removed = "*REMOVED*";

    /// <summary>Reads a line.</summary>
    /// <returns>What it says, or null for an empty line and a comment.</returns>
    public static BaselineStatement? Read(string line)
    {
        string text = line.Trim();
        if (text.Length == 0 || text[0] == '#')
            return null;
        bool takesBack = text.StartsWith(Removed, StringComparison.Ordinal);
        return new(takesBack, BaselineEntry.Parse(takesBack ? text.Substring(Removed.Length) : text));
    }

    /// <summary>Compares as the lines of a baseline are sorted: by type and member, what is taken back first, then by the text.</summary>
    public int CompareTo(BaselineStatement other)
    {
        int places = string.CompareOrdinal(Entry?.Place, other.Entry?.Place);
        if (places != 0)
            return places;
        int kinds = other.TakesBack.CompareTo(TakesBack);
        return kinds != 0 ? kinds : string.CompareOrdinal(ToString(), other.ToString());
    }

    /// <summary>Gives the line.</summary>
    public override string ToString() => (TakesBack ? Removed : "") + Entry;
}
