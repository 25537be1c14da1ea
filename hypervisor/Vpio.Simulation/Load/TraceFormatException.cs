namespace Vpio.Simulation.Load;

/// <summary>Says which line of a trace cannot be used, and why.</summary>
/// <param name="line">The line, from 1.</param>
/// <param name="reason">Why, as the rest of a sentence.</param>
internal sealed class TraceFormatException(int line, string reason) : Exception($"Line {line}: {reason}.")
{
    /// <summary>Gets the line, from 1.</summary>
    public int Line => line;
}
