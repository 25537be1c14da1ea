using System.Buffers;
using System.Threading.Channels;

namespace Vpio.Benchmarks.Frames;

/// <summary>Carries frames by a bounded channel of one writer and one reader, in buffers of the shared pool.</summary>
/// <param name="frameBytes">How long each frame is.</param>
internal sealed class ChannelPath(int frameBytes) : IFramePath
{
    private readonly Channel<Frame> _channel = Channel.CreateBounded<Frame>(new BoundedChannelOptions(CopyLimit.Buffers) { SingleReader = true, SingleWriter = true });
    private readonly byte[] _sent = new byte[frameBytes];
    private readonly byte[] _taken = new byte[frameBytes];

    /// <inheritdoc/>
    public void Send(int frames) => SendAsync(frames).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Take(int frames) => TakeAsync(frames).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose() => _channel.Writer.Complete();

    private async Task SendAsync(int frames)
    {
        for (int sent = 0; sent < frames; sent++)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(CopyLimit.BufferBytes);
            _sent.CopyTo(buffer, 0);
            Frame frame = new(buffer, _sent.Length);
            if (!_channel.Writer.TryWrite(frame))
                await _channel.Writer.WriteAsync(frame).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(int frames)
    {
        for (int taken = 0; taken < frames && await _channel.Reader.WaitToReadAsync().ConfigureAwait(false);)
        {
            while (taken < frames && _channel.Reader.TryRead(out Frame frame))
            {
                frame.Buffer.AsSpan(0, frame.LengthBytes).CopyTo(_taken);
                ArrayPool<byte>.Shared.Return(frame.Buffer);
                taken++;
            }
        }
    }

    private readonly record struct Frame(byte[] Buffer, int LengthBytes);
}
