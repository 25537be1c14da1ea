using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Contracts;

/// <summary>Is one ownership attribute, bound: what it demands, of which devices.</summary>
/// <param name="Kind">What it demands or does.</param>
/// <param name="Paths">The devices, when the attribute names some.</param>
/// <param name="Argument">The parameter that carries the attribute, or null when the member does.</param>
/// <param name="Named">Whether the devices were named. Without a name it is the receiver, or the argument's own device.</param>
/// <param name="Outcome">The value that means success, of those that may fail.</param>
/// <param name="Shared">Whether an observer's hold is taken or is enough.</param>
/// <param name="Reentrant">Whether the device counts its grabs.</param>
internal sealed record Clause(
    ClauseKind Kind,
    ImmutableArray<DevicePath> Paths,
    IParameterSymbol? Argument,
    bool Named,
    Outcome? Outcome,
    bool Shared,
    bool Reentrant)
{
    /// <summary>Whether it is a plain touch of the receiver, which is told apart from a call that requires ownership.</summary>
    public bool IsTouch => Kind == ClauseKind.RequiresHeld && Argument is null && !Named;

    /// <summary>Gets whether another clause says the same of the same devices, parameters taken by position.</summary>
    public bool SaysTheSame(Clause other) =>
        Kind == other.Kind && Paths.Length == other.Paths.Length && (Argument?.Ordinal ?? -1) == (other.Argument?.Ordinal ?? -1) &&
        Paths.Zip(other.Paths, (mine, theirs) => mine.Matches(theirs)).All(same => same);
}
