namespace Vpio.Tool.Traffic;

/// <summary>Yields recorded frames over and over, with the addresses of this run in place of those recorded.</summary>
/// <param name="outgoing">The frames and the addresses.</param>
/// <remarks>Frames to a group keep their destination: what was broadcast stays broadcast.</remarks>
internal sealed class LoopingStream(OutgoingFrames outgoing) : IFrameStream
{
    private readonly byte[] _frame = new byte[NicFrame.MaxBytes];
    private int _next;
    private int _destination = outgoing.FirstDestination;
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
        _next = (_next + 1) % outgoing.Frames.Count;
        _length = 0;
    }

    private void Prepare()
    {
        ReadOnlySpan<byte> recorded = outgoing.Frames[_next].Span;
        recorded.CopyTo(_frame);
        _length = recorded.Length;
        if (outgoing.Source is { } address)
            NicFrame.SetSource(_frame, address);
        if (outgoing.Destinations.Count == 0 || NicFrame.Destination(recorded).IsGroup)
            return;
        NicFrame.SetDestination(_frame, outgoing.Destinations[_destination % outgoing.Destinations.Count]);
        _destination = (_destination + 1) % outgoing.Destinations.Count;
    }
}
