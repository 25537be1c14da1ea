using Vpio.Abi.Network;

namespace Vpio.Tool.Traffic;

/// <summary>Yields recorded frames over and over, with the addresses of this run in place of those recorded.</summary>
/// <param name="frames">The frames, at least one.</param>
/// <param name="source">The address they come from; null leaves it as recorded.</param>
/// <param name="destinations">The addresses that frames to a single receiver go to, in turn; none leaves them as recorded.</param>
/// <param name="first">Which destination comes first.</param>
/// <remarks>Frames to a group keep their destination: what was broadcast stays broadcast.</remarks>
internal sealed class LoopingStream(
    IReadOnlyList<ReadOnlyMemory<byte>> frames, MacAddress? source, IReadOnlyList<MacAddress> destinations, int first) : IFrameStream
{
    private readonly byte[] _frame = new byte[NicFrame.MaxBytes];
    private int _next;
    private int _destination = first;
    private int _length;

    /// <inheritdoc/>
    public bool HasNext => true;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Peek()
    {
        if (_length == 0)
            Prepare();
        return _frame.AsSpan(0, _length);
    }

    /// <inheritdoc/>
    public void Advance()
    {
        _next = (_next + 1) % frames.Count;
        _length = 0;
    }

    private void Prepare()
    {
        ReadOnlySpan<byte> recorded = frames[_next].Span;
        recorded.CopyTo(_frame);
        _length = recorded.Length;
        if (source is { } address)
            NicFrame.SetSource(_frame, address);
        if (destinations.Count == 0 || NicFrame.Destination(recorded).IsGroup)
            return;
        NicFrame.SetDestination(_frame, destinations[_destination % destinations.Count]);
        _destination = (_destination + 1) % destinations.Count;
    }
}
