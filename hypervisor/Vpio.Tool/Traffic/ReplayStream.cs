namespace Vpio.Tool.Traffic;

/// <summary>Yields recorded frames once, in their order, byte for byte.</summary>
/// <param name="frames">The frames.</param>
internal sealed class ReplayStream(IReadOnlyList<ReadOnlyMemory<byte>> frames) : IFrameStream
{
    private int _next;

    /// <summary>Gets all frames of the stream, also those taken already.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Frames { get; } = frames;

    /// <inheritdoc/>
    public bool HasNext => _next < Frames.Count;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Peek() => HasNext ? Frames[_next].Span : default;

    /// <inheritdoc/>
    public void Advance() => _next++;
}
