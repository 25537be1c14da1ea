namespace Vpio.Benchmarks.Frames;

/// <summary>Copies as many bytes as often as a frame is copied, on one thread, through as many buffers as a ring has.</summary>
/// <param name="frameBytes">How long each frame is.</param>
/// <param name="copies">How often it is copied, 2 or more: into a buffer of the ring, out of it, and on.</param>
internal sealed class CopyLimit(int frameBytes, int copies)
{
    /// <summary>Gives how many buffers a ring has.</summary>
    public const int Buffers = 256;

    /// <summary>Gives how large each is, bytes.</summary>
    public const int BufferBytes = 2048;

    private readonly byte[] _ring = new byte[Buffers * BufferBytes];
    private readonly byte[] _from = new byte[frameBytes];
    private readonly byte[] _to = new byte[frameBytes];

    /// <summary>Copies frames.</summary>
    /// <param name="frames">How many, a multiple of <see cref="FrameRate.BatchFrames"/>.</param>
    public void Copy(int frames)
    {
        for (int done = 0; done < frames; done += FrameRate.BatchFrames)
        {
            for (int i = done; i < done + FrameRate.BatchFrames; i++)
                _from.CopyTo(BufferOf(i));
            for (int copy = 1; copy < copies; copy++)
            {
                for (int i = done; i < done + FrameRate.BatchFrames; i++)
                    BufferOf(i).CopyTo(_to);
            }
        }
    }

    private Span<byte> BufferOf(int frame) => _ring.AsSpan(frame % Buffers * BufferBytes, frameBytes);
}
