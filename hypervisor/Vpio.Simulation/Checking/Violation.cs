using System.Globalization;

namespace Vpio.Simulation.Checking;

/// <summary>Is an invariant that did not hold.</summary>
/// <param name="Invariant">Which.</param>
/// <param name="Step">After which step, from 1.</param>
/// <param name="AtNs">When, nanoseconds of virtual time.</param>
/// <param name="What">What was seen instead.</param>
internal sealed record Violation(Invariant Invariant, long Step, long AtNs, string What)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Invariant} is broken at step {Step}, {AtNs / 1e6:0.######} ms of virtual time: {What}.");
}
