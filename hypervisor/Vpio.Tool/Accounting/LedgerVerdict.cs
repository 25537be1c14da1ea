namespace Vpio.Tool.Accounting;

/// <summary>Says what the frames of a run came to.</summary>
/// <param name="FramesLost">Frames that should have come out and did not, with no reason counted.</param>
/// <param name="FramesLeftBehind">Frames on their way to or from a guest when it was stopped, or the NIC taken from it, by force.</param>
/// <param name="FaultCount">How many deviations were seen.</param>
/// <param name="Faults">The first of them, a sentence each.</param>
internal sealed record LedgerVerdict(long FramesLost, long FramesLeftBehind, long FaultCount, IReadOnlyList<string> Faults)
{
    /// <summary>Gets whether every frame is accounted for.</summary>
    internal bool IsWhole => FramesLost == 0 && FaultCount == 0;
}
