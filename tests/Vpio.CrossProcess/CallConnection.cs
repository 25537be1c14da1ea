using System.Net.Sockets;
using System.Runtime.InteropServices;
using Vpio.Abi.Operations;

namespace Vpio.CrossProcess;

/// <summary>Carries the hypercalls of one thread to the process of the hypervisor: number and argument there, result and argument back.</summary>
internal sealed class CallConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _message = new byte[sizeof(long) + DeviceOpArgument.Size];

    public CallConnection(string path, int guest)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _socket.Send(BitConverter.GetBytes(guest));
    }

    public long Call(uint cmd, ref DeviceOpArgument argument)
    {
        MemoryMarshal.Write(_message, (long)cmd);
        MemoryMarshal.Write(_message.AsSpan(sizeof(long)), in argument);
        _socket.Send(_message);
        for (int got = 0; got < _message.Length;)
        {
            int count = _socket.Receive(_message, got, _message.Length - got, SocketFlags.None);
            if (count == 0)
                Environment.Exit(ExitCodes.HypervisorGone);
            got += count;
        }

        argument = MemoryMarshal.Read<DeviceOpArgument>(_message.AsSpan(sizeof(long)));
        return MemoryMarshal.Read<long>(_message);
    }

    public void Dispose() => _socket.Dispose();
}
