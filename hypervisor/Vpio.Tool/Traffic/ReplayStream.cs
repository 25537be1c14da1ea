namespace Vpio.Tool.Traffic;

/// <summary>Yields recorded frames once, in their order, byte for byte.</summary>
/// <param name="frames">The frames.</param>
internal sealed class ReplayStream(IReadOnlyList<ReadOnlyMemory<byte>> frames) : IFrameStream
{
    private int _next;

    /// <inheritdoc/>
    public bool HasNext => _next < frames.Count;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Peek() => HasNext ? frames[_next].Span : default;

    /// <inheritdoc/>
    public void Advance() => _next++;
}
