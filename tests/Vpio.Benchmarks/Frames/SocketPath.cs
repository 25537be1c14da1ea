using System.Globalization;
using System.Net.Sockets;

namespace Vpio.Benchmarks.Frames;

/// <summary>Carries frames by a pair of Unix datagram sockets, a call for each frame on either side.</summary>
internal sealed class SocketPath : IFramePath
{
    private readonly Socket _sender = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Socket _receiver = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _sent;
    private readonly byte[] _taken = new byte[CopyLimit.BufferBytes];

    /// <summary>Makes a pair.</summary>
    /// <param name="frameBytes">How long each frame is.</param>
    public SocketPath(int frameBytes)
    {
        _sent = new byte[frameBytes];

        // The first character makes the name abstract: it is no file, and ends with the socket.
        UnixDomainSocketEndPoint name = new(string.Create(CultureInfo.InvariantCulture, $"\0vpio-frames-{Environment.ProcessId}-{frameBytes}"));
        _receiver.Bind(name);
        _sender.Connect(name);
    }

    /// <inheritdoc/>
    public void Send(int frames)
    {
        for (int sent = 0; sent < frames; sent++)
            _sender.Send(_sent);
    }

    /// <inheritdoc/>
    public void Take(int frames)
    {
        for (int taken = 0; taken < frames; taken++)
            _receiver.Receive(_taken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }
}
