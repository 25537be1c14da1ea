using Vpio.Simulation.Checking;

namespace Vpio.Tool.Sim;

/// <summary>Is the part of the <c>--json</c> object about an invariant that did not hold.</summary>
/// <param name="Invariant">Its name.</param>
/// <param name="Step">After which step, from 1.</param>
/// <param name="AtNs">When, nanoseconds of virtual time.</param>
/// <param name="What">What was seen instead.</param>
internal sealed record JsonSimViolation(string Invariant, long Step, long AtNs, string What)
{
    /// <summary>Takes what is known of a violation.</summary>
    /// <param name="violation">The violation.</param>
    internal static JsonSimViolation Of(Violation violation) => new(violation.Invariant.ToString(), violation.Step, violation.AtNs, violation.What);
}
