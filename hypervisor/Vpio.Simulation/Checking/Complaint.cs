using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Vpio.Simulation.Checking;

/// <summary>Is the sentence that tells what was seen, put together only when it is needed: nearly always all is well.</summary>
[InterpolatedStringHandler]
internal readonly ref struct Complaint
{
    private readonly StringBuilder? _text;

    /// <summary>Begins a sentence, if there is anything to complain of.</summary>
    /// <param name="literalLength">How long its fixed parts are.</param>
    /// <param name="formattedCount">How many others it has.</param>
    /// <param name="holds">Whether all is well.</param>
    /// <param name="isNeeded">Whether the parts are to be evaluated at all.</param>
    public Complaint(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = isNeeded ? new StringBuilder(literalLength + (8 * formattedCount)) : null;
    }

    /// <summary>Adds a fixed part.</summary>
    /// <param name="text">The part.</param>
    public void AppendLiteral(string text) => _text!.Append(text);

    /// <summary>Adds a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");

    /// <inheritdoc/>
    public override string ToString() => _text?.ToString() ?? "";
}
