using System.Globalization;

namespace Vpio.Analyzers.Relevance;

/// <summary>Goes through the words of a text, in code, strings and comments alike.</summary>
internal struct WordReader(string text, int start, int end)
{
    // A backslash counts, for it may stand for a letter.
    private static readonly bool[] AsciiParts = [.. Enumerable.Range(0, 128).Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '\\')];

    private int _next = start;

    /// <summary>Gets the text.</summary>
    public readonly string Text => text;

    /// <summary>Gets where the word begins.</summary>
    public int Start { get; private set; }

    /// <summary>Gets its length.</summary>
    public readonly int Length => _next - Start;

    /// <summary>Gets a number made of its characters.</summary>
    public int Hash { get; private set; }

    /// <summary>Gets whether the word may be another than its characters are: C# lets names be written with escapes, and with characters that do not count.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>Adds a character to such a number.</summary>
    public static int Combine(int hash, char c) => unchecked((hash * 31) + c);

    /// <summary>Goes on to the next word.</summary>
    public bool Next()
    {
        while (_next < end && !IsPart(text[_next]))
            _next++;
        Start = _next;
        Hash = 0;
        IsEscaped = false;
        for (; _next < end && IsPart(text[_next]); _next++)
        {
            char c = text[_next];
            Hash = Combine(Hash, c);
            IsEscaped |= (c == '\\' && At(1) is 'u' or 'U') || (c > 127 && char.GetUnicodeCategory(c) == UnicodeCategory.Format);
        }

        return _next > Start;
    }

    /// <summary>Gets whether the word may be given a value here: by an assignment, or as one of several things in brackets, or behind a comment.</summary>
    public readonly bool MayBeWritten => At(0) switch
    {
        '=' => At(1) is not ('=' or '>'),
        '?' => At(1) == '?' && At(2) == '=',
        '<' or '>' => At(1) == At(0),
        '+' or '-' or '*' or '%' or '&' or '|' or '^' => At(1) == '=' || At(1) == At(0),
        ',' or ')' or '/' => true,
        _ => Start > 0 && text[Start - 1] is '+' or '-' or '&',
    };

    /// <summary>Gets whether a character stands between the word and the next.</summary>
    public readonly bool IsBefore(char c)
    {
        for (int at = _next; at < end && !IsPart(text[at]); at++)
        {
            if (text[at] == c)
                return true;
        }

        return false;
    }

    private readonly char At(int offset)
    {
        int at = _next;
        while (at < end && char.IsWhiteSpace(text[at]))
            at++;
        return at + offset < end ? text[at + offset] : '\0';
    }

    private static bool IsPart(char c) => c < 128 ? AsciiParts[c] : char.IsLetterOrDigit(c) ||
        char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;
}
