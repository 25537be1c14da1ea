namespace Vpio.Protocol.Tests.Model;

/// <summary>Is one run of the model checker: what is modelled, and what is asked of it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Defines">The model's macros, without the -D.</param>
/// <param name="Claim">What must happen at last, by the name of its formula in the model; without one, assertions and end states.</param>
internal sealed record ModelRun(string Name, string Defines, string? Claim = null)
{
    public override string ToString() => Claim is null ? Name : $"{Name}, {Claim}";

    /// <summary>Gets the same run of a model with a bug planted.</summary>
    public ModelRun With(string bug) => new(bug, $"{Defines} {bug}", Claim);
}
