using System.Globalization;

namespace Vpio.Tool.Run;

/// <summary>Says how many frames a second a stream may send.</summary>
/// <param name="PerSecond">Frames a second; 0 stands for as many as go.</param>
internal readonly record struct FrameRate(int PerSecond)
{
    /// <summary>The largest rate that can be asked for, in frames a second.</summary>
    internal const int Largest = 10_000_000;

    /// <summary>Gets the rate that has no limit.</summary>
    internal static FrameRate Max => new(0);

    /// <summary>Gets whether no limit is set.</summary>
    internal bool IsMax => PerSecond == 0;

    /// <summary>Tells how many frames may have been sent by a time.</summary>
    /// <param name="elapsed">The time since the stream began.</param>
    /// <returns>A count from the beginning on.</returns>
    internal long DueAfter(TimeSpan elapsed) =>
        IsMax ? long.MaxValue : (long)(elapsed.TotalSeconds * PerSecond) + 1;

    /// <summary>Reads a rate as the command line writes it.</summary>
    /// <param name="text">A whole number, or <c>max</c>.</param>
    /// <param name="rate">The rate.</param>
    /// <returns>False when the text is neither, or outside 1 to <see cref="Largest"/>.</returns>
    internal static bool TryParse(string text, out FrameRate rate)
    {
        rate = Max;
        if (text == "max")
            return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int perSecond) || perSecond is < 1 or > Largest)
            return false;
        rate = new FrameRate(perSecond);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => IsMax ? "max" : PerSecond.ToString(CultureInfo.InvariantCulture);
}
