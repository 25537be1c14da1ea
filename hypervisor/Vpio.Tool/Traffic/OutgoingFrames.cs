using Vpio.Abi.Network;

namespace Vpio.Tool.Traffic;

/// <summary>Says what somebody sends: frames once, in their order, or over and over with the addresses of this run.</summary>
/// <param name="Frames">The frames as recorded, at least one.</param>
internal sealed record OutgoingFrames(IReadOnlyList<ReadOnlyMemory<byte>> Frames)
{
    /// <summary>Gets whether they are sent over and over; else once, byte for byte.</summary>
    internal bool Repeats { get; init; }

    /// <summary>Gets, of those sent over and over, the address they come from; null leaves it as recorded.</summary>
    internal MacAddress? Source { get; init; }

    /// <summary>Gets, of those sent over and over, the addresses that frames to a single receiver go to, in turn; none leaves them as recorded.</summary>
    internal IReadOnlyList<MacAddress> Destinations { get; init; } = [];

    /// <summary>Gets which destination comes first.</summary>
    internal int FirstDestination { get; init; }

    /// <summary>Begins to send.</summary>
    /// <returns>The frames, one after the other.</returns>
    internal IFrameStream Open() => Repeats ? new LoopingStream(this) : new ReplayStream(Frames);
}
