using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Protocol.Tests.CrossProcess;

/// <summary>Takes the hypercalls of guests in other processes: a socket in the file system, a thread for each connection.</summary>
internal sealed class HypercallServer : IDisposable
{
    private readonly ConcurrentDictionary<int, IHypercallPort> _ports = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public HypercallServer()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"vpio-{Guid.NewGuid():n}.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(256);
        Start(Accept);
    }

    public string Path { get; }

    /// <summary>Lets a guest's process connect under a number, which is never given out again.</summary>
    public void Serve(int number, IHypercallPort port) => _ports[number] = port;

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(Path);
    }

    private static void Start(Action run) => new Thread(() => run()) { IsBackground = true }.Start();

    private void Accept()
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = _listener.Accept();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }

            Start(() => Answer(connection));
        }
    }

    private void Answer(Socket connection)
    {
        using (connection)
        {
            byte[] number = new byte[sizeof(int)];
            if (!TryReceive(connection, number))
                return;
            IHypercallPort port = _ports[BitConverter.ToInt32(number)];
            byte[] message = new byte[sizeof(long) + DeviceOpArgument.Size];
            while (TryReceive(connection, message))
            {
                DeviceOpArgument argument = MemoryMarshal.Read<DeviceOpArgument>(message.AsSpan(sizeof(long)));
                long result = port.Call((uint)MemoryMarshal.Read<long>(message), ref argument);
                MemoryMarshal.Write(message, in result);
                MemoryMarshal.Write(message.AsSpan(sizeof(long)), in argument);
                if (!TrySend(connection, message))
                    return;
            }
        }
    }

    private static bool TryReceive(Socket connection, byte[] message)
    {
        try
        {
            for (int got = 0; got < message.Length;)
            {
                int count = connection.Receive(message, got, message.Length - got, SocketFlags.None);
                if (count == 0)
                    return false;
                got += count;
            }

            return true;
        }
        catch (SocketException)
        {
            return false; // Its process was killed.
        }
    }

    private static bool TrySend(Socket connection, byte[] message)
    {
        try
        {
            connection.Send(message);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
