using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vpio.Analyzers;

/// <summary>Is what an .editorconfig says of how strict the ownership rules are.</summary>
/// <param name="ExceptionLeaks">Whether a hold that an exception leaves with is reported (VPIO1010).</param>
/// <param name="PollObligation">Whether long loops under ownership have to poll (VPIO1023).</param>
/// <param name="SmallTripCount">How many rounds of a loop need no poll.</param>
internal sealed record OwnershipOptions(bool ExceptionLeaks, bool PollObligation, int SmallTripCount)
{
    private const int DefaultTripCount = 64;

    /// <summary>Reads the options that hold for a file.</summary>
    public static OwnershipOptions Read(AnalyzerConfigOptions options) => new(
        Flag(options, "vpio_ownership.exception_leaks"),
        Flag(options, "vpio_ownership.poll_obligation"),
        options.TryGetValue("vpio_ownership.small_trip_count", out string? text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count >= 0 ? count : DefaultTripCount);

    private static bool Flag(AnalyzerConfigOptions options, string name) =>
        !options.TryGetValue(name, out string? text) || !string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
}
