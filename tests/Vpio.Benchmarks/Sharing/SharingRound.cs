namespace Vpio.Benchmarks.Sharing;

/// <summary>Is one round of a setting.</summary>
/// <param name="ExclusiveFramesPerSecond">What one guest alone sent, in the mean of just before and just after.</param>
/// <param name="Figures">What the setting came to.</param>
internal readonly record struct SharingRound(double ExclusiveFramesPerSecond, SharingFigures Figures);
