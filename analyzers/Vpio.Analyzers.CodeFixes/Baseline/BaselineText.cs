using Microsoft.CodeAnalysis.Text;
using Vpio.Analyzers.Baseline;

namespace Vpio.Analyzers.CodeFixes.Baseline;

/// <summary>Is the text of a baseline file while it is edited. What it does not understand, comments and the ends of lines stay as they are.</summary>
internal sealed class BaselineText
{
    private readonly SourceText _original;
    private readonly string _break;
    private readonly List<(string Text, BaselineStatement? Says)> _lines = [];

    /// <summary>Opens a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fallback">Where to take the end of a line from, when there is none here.</param>
    public BaselineText(SourceText text, SourceText? fallback)
    {
        _original = text;
        _break = BreakIn(text) ?? (fallback is null ? null : BreakIn(fallback)) ?? "\n";
        foreach (TextLine line in text.Lines.Where(l => l.SpanIncludingLineBreak.Length > 0))
            _lines.Add((line.ToString(), BaselineStatement.Read(line.ToString())));
    }

    /// <summary>Gets all that can be read.</summary>
    public IEnumerable<BaselineStatement> Statements => _lines.Where(l => l.Says?.Entry is not null).Select(l => l.Says!);

    /// <summary>Adds a line where it belongs, unless it is there.</summary>
    public void Add(BaselineStatement statement)
    {
        if (Statements.Contains(statement))
            return;
        int next = _lines.FindIndex(l => l.Says?.Entry is not null && l.Says.CompareTo(statement) > 0);
        int last = _lines.FindLastIndex(next < 0 ? _lines.Count - 1 : next, l => l.Says?.Entry is not null && l.Says.CompareTo(statement) <= 0);

        // A comment belongs to the line below it.
        int place = last >= 0 ? last + 1 : next >= 0 ? next : _lines.Count;
        _lines.Insert(place, (statement.ToString(), statement));
    }

    /// <summary>Removes the lines that say something.</summary>
    public void Remove(Predicate<BaselineStatement> which) => _lines.RemoveAll(l => l.Says?.Entry is not null && which(l.Says));

    /// <summary>Removes a line by its number, from 0.</summary>
    public void RemoveAt(int number) => _lines.RemoveAt(number);

    /// <summary>Gives the text.</summary>
    public SourceText ToSource()
    {
        string text = string.Concat(_lines.Select(l => l.Text + _break));
        return text == _original.ToString() ? _original : _original.WithChanges(new TextChange(new TextSpan(0, _original.Length), text));
    }

    private static string? BreakIn(SourceText text)
    {
        TextLine first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : null;
    }
}
