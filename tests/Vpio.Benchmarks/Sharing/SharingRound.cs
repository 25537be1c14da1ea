namespace Vpio.Benchmarks.Sharing;

/// <summary>Is one round of a setting.</summary>
/// <param name="ExclusiveFramesPerSecond">What one guest alone sent, just before.</param>
/// <param name="Figures">What the setting came to.</param>
internal readonly record struct SharingRound(double ExclusiveFramesPerSecond, SharingFigures Figures);
