using System.Text.RegularExpressions;

namespace Vpio.Analyzers.Baseline;

/// <summary>Is one thing that a baseline records: what it is about, and what is said of it.</summary>
/// <param name="Kind">What the subject is: <c>struct</c>, <c>field</c>, <c>enum</c>, <c>number</c> or <c>contract</c>.</param>
/// <param name="Subject">The documentation id of the subject; without its letter, but for a contract.</param>
/// <param name="Value">What is said of it: a place and a type, a number, attributes.</param>
/// <remarks>The form is <c>kind subject value</c>: <c>field Vpio.Abi.DeviceSlot.State at 0 ulong</c>.</remarks>
internal sealed record BaselineEntry(string Kind, string Subject, string Value)
{
    private static readonly Regex Form = new(@"^(?<kind>struct|field|enum|number|contract) (?<subject>\S+) (?<value>\S.*)$", RegexOptions.CultureInvariant);

    /// <summary>Gets what the entry is about. A baseline says of it one thing.</summary>
    public string Key => $"{Kind} {Subject}";

    /// <summary>Gets by what entries are sorted: type and member. So what is told of one type stands together, whatever it is.</summary>
    // A contract's id begins with a letter and a colon.
    public string Place => Subject.Length > 1 && Subject[1] == ':' ? Subject.Substring(2) : Subject;

    /// <summary>Reads an entry.</summary>
    /// <returns>The entry, or null when the text has another form.</returns>
    public static BaselineEntry? Parse(string text)
    {
        Match match = Form.Match(text);
        return match.Success ? new(match.Groups["kind"].Value, match.Groups["subject"].Value, match.Groups["value"].Value) : null;
    }

    /// <summary>Gives the line.</summary>
    public override string ToString() => $"{Kind} {Subject} {Value}";
}
