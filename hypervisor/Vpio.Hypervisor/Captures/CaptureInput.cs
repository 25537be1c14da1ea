namespace Vpio.Hypervisor.Captures;

/// <summary>Takes bytes from a stream in order, counts them, and holds never more than arrived.</summary>
/// <remarks>
/// Threads: one. Blocks: as the stream does, but never for bytes beyond those asked for.
/// A length from a file is a claim. The buffer grows as the bytes come in, so a claim costs its author as many bytes as it costs us.
/// </remarks>
internal sealed class CaptureInput(Stream stream, string name, bool leaveOpen) : IDisposable
{
    private const int WindowBytes = 64 * 1024;
    private const int FirstBufferBytes = 2048;

    private readonly byte[] _window = new byte[WindowBytes];
    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Gets the name of the file, for messages.</summary>
    internal string Name { get; } = name;

    /// <summary>Gets the number of bytes taken so far.</summary>
    internal long Offset { get; private set; }

    /// <summary>Shows the next bytes without taking them.</summary>
    /// <param name="count">How many, at most the window.</param>
    /// <returns>As many as asked for; fewer only at the end of the file.</returns>
    internal ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _start < count && Refill())
        {
        }

        return _window.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Takes bytes into <paramref name="destination"/>.</summary>
    /// <returns>How many; fewer than it holds only at the end of the file.</returns>
    internal int Fill(Span<byte> destination)
    {
        int filled = 0;
        while (filled < destination.Length && HasMore())
        {
            int step = Math.Min(destination.Length - filled, _end - _start);
            _window.AsSpan(_start, step).CopyTo(destination[filled..]);
            Advance(step);
            filled += step;
        }

        return filled;
    }

    /// <summary>Takes bytes into the buffer that every call uses again.</summary>
    /// <param name="length">How many, in bytes; the caller has held it against its limit.</param>
    /// <param name="bytes">The bytes taken, valid until the next call.</param>
    /// <returns>How many; fewer than <paramref name="length"/> only at the end of the file.</returns>
    internal int Take(int length, out ReadOnlyMemory<byte> bytes)
    {
        int taken = 0;
        while (taken < length && HasMore())
        {
            int step = Math.Min(length - taken, _end - _start);
            Grow(taken + step, length);
            taken += Fill(_buffer.AsSpan(taken, step));
        }

        bytes = _buffer.AsMemory(0, taken);
        return taken;
    }

    /// <summary>Passes over bytes without keeping them.</summary>
    /// <returns>How many; fewer than <paramref name="length"/> only at the end of the file.</returns>
    internal int Skip(int length)
    {
        int skipped = 0;
        while (skipped < length && HasMore())
        {
            int step = Math.Min(length - skipped, _end - _start);
            Advance(step);
            skipped += step;
        }

        return skipped;
    }

    /// <summary>Closes the stream, unless it was to be left open.</summary>
    public void Dispose()
    {
        if (!leaveOpen)
            stream.Dispose();
    }

    private bool HasMore() => _start < _end || Refill();

    private void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    private bool Refill()
    {
        // After its end a terminal or a pipe may give bytes again; a file that ended stays ended.
        if (_ended)
            return false;
        _window.AsSpan(_start, _end - _start).CopyTo(_window);
        _end -= _start;
        _start = 0;
        int read = stream.Read(_window, _end, WindowBytes - _end);
        _end += read;
        _ended = read == 0;
        return !_ended;
    }

    private void Grow(int needed, int length)
    {
        if (needed > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(needed, Math.Min(length, _buffer.Length * 2)));
    }
}
