namespace Vpio.Analyzers.Flow;

/// <summary>Is what following a member from one entry came to: the same entry comes to the same again.</summary>
/// <param name="Entry">What it was entered with.</param>
/// <param name="Exits">What its normal ends leave with.</param>
/// <param name="Throws">What exceptions leave with.</param>
/// <param name="Blame">What its caller is to blame for.</param>
/// <param name="IsConcerned">Whether it did something with the device.</param>
internal sealed record Activation(
    PathState Entry,
    IReadOnlyList<PathState> Exits,
    IReadOnlyList<PathState> Throws,
    IReadOnlyList<(DeviceUse Kind, Verdict Verdict)> Blame,
    bool IsConcerned);
