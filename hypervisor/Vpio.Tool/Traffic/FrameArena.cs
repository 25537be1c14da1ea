namespace Vpio.Tool.Traffic;

/// <summary>Stores frames one behind the other in large blocks, so that a million of them are not a million objects.</summary>
internal sealed class FrameArena
{
    private const int BlockBytes = 1024 * 1024;

    private byte[] _block = [];
    private int _used;

    /// <summary>Stores a copy of a frame.</summary>
    /// <param name="frame">The frame, far shorter than a block.</param>
    /// <returns>The copy; it stays for as long as anybody refers to it.</returns>
    internal ReadOnlyMemory<byte> Store(ReadOnlySpan<byte> frame)
    {
        if (_block.Length - _used < frame.Length)
        {
            _block = new byte[Math.Max(BlockBytes, frame.Length)];
            _used = 0;
        }

        Memory<byte> copy = _block.AsMemory(_used, frame.Length);
        frame.CopyTo(copy.Span);
        _used += frame.Length;
        return copy;
    }
}
