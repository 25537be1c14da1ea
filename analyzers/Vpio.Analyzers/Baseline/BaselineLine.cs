using Microsoft.CodeAnalysis.Text;

namespace Vpio.Analyzers.Baseline;

/// <summary>Is a line of a baseline file that has to say something: it is neither empty nor a comment.</summary>
/// <param name="place">Where it stands.</param>
/// <param name="statement">What it says.</param>
internal sealed class BaselineLine(TextLine place, BaselineStatement statement)
{
    /// <summary>Gets where it stands.</summary>
    public TextLine Place { get; } = place;

    /// <summary>Gets whether it takes the entry back.</summary>
    public bool TakesBack => statement.TakesBack;

    /// <summary>Gets the entry, or null when it cannot be read.</summary>
    public BaselineEntry? Entry => statement.Entry;

    /// <summary>Reads the lines of a text.</summary>
    public static IEnumerable<BaselineLine> ReadAll(SourceText text)
    {
        foreach (TextLine line in text.Lines)
        {
            if (BaselineStatement.Read(line.ToString()) is { } statement)
                yield return new BaselineLine(line, statement);
        }
    }
}
