namespace Vpio.Tool.Traffic;

/// <summary>Yields the frames that somebody has to send, one after the other.</summary>
/// <remarks>Threads: one, the sender's. Allocates nothing.</remarks>
internal interface IFrameStream
{
    /// <summary>Gets whether frames are left.</summary>
    bool HasNext { get; }

    /// <summary>Shows the next frame without taking it; it stays the same until it is taken.</summary>
    /// <returns>Its bytes, valid until the next call of any member; none when no frame is left.</returns>
    ReadOnlySpan<byte> Peek();

    /// <summary>Takes the frame that <see cref="Peek"/> shows.</summary>
    void Advance();
}
