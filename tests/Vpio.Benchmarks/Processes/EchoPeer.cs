using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vpio.Benchmarks.Processes;

/// <summary>Is a process that answers each message by one like it, over what the system has for that.</summary>
/// <param name="process">The process.</param>
/// <param name="there">Where messages go.</param>
/// <param name="back">Where answers come.</param>
internal sealed partial class EchoPeer(Process process, Stream there, Stream back) : IDisposable
{
    /// <summary>The argument by which the program is started so.</summary>
    public const string Name = "echo-side";

    private const int MessageBytes = 8;
    private const int EndWithParent = 1; // PR_SET_PDEATHSIG.
    private const nuint Killed = 9;

    /// <summary>Starts one that is asked by an eventfd, and answers by another.</summary>
    public static EchoPeer OverEventfd(Sides sides)
    {
        (FileStream there, string thereNumber) = Eventfd.Make();
        (FileStream back, string backNumber) = Eventfd.Make();
        return new EchoPeer(Start(sides, thereNumber, backNumber), there, back);
    }

    /// <summary>Starts one that is asked by a pipe, and answers by another.</summary>
    public static EchoPeer OverPipes(Sides sides)
    {
        AnonymousPipeServerStream there = new(PipeDirection.Out, HandleInheritability.Inheritable);
        AnonymousPipeServerStream back = new(PipeDirection.In, HandleInheritability.Inheritable);
        Process process = Start(sides, there.GetClientHandleAsString(), back.GetClientHandleAsString());
        there.DisposeLocalCopyOfClientHandle();
        back.DisposeLocalCopyOfClientHandle();
        return new EchoPeer(process, there, back);
    }

    /// <summary>Starts one that is asked, and answers, over a Unix socket.</summary>
    public static EchoPeer OverSocket(Sides sides)
    {
        string name = $"\0vpio-benchmark-{Environment.ProcessId}"; // In no folder.
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(name));
        listener.Listen(1);
        Process process = Start(sides, name[1..]);
        NetworkStream both = new(listener.Accept(), ownsSocket: true);
        return new EchoPeer(process, both, both);
    }

    /// <summary>Is the process.</summary>
    public static int Run(string[] places)
    {
        _ = Control(EndWithParent, Killed, 0, 0, 0); // It holds both ends of an eventfd, and would never see it closed.
        (Stream there, Stream back) = Open(places);
        byte[] message = new byte[MessageBytes];
        while (there.ReadAtLeast(message, MessageBytes, throwOnEndOfStream: false) == MessageBytes && message[0] != byte.MaxValue)
            back.Write(message);
        return 0;
    }

    /// <summary>Measures round trips.</summary>
    /// <returns>How long each took, nanoseconds.</returns>
    public double Measure(int count)
    {
        byte[] message = BitConverter.GetBytes(1L);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            there.Write(message);
            back.ReadExactly(message);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    public void Dispose()
    {
        there.Write(BitConverter.GetBytes((long)byte.MaxValue));
        process.WaitForExit();
        process.Dispose();
        there.Dispose();
        back.Dispose();
    }

    private static (Stream There, Stream Back) Open(string[] places)
    {
        if (places.Length == 1)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint("\0" + places[0]));
            NetworkStream both = new(socket, ownsSocket: true);
            return (both, both);
        }

        return (Inherited(places[0], FileAccess.Read), Inherited(places[1], FileAccess.Write));
    }

    private static FileStream Inherited(string number, FileAccess access) =>
        new(new SafeFileHandle(nint.Parse(number, CultureInfo.InvariantCulture), ownsHandle: true), access, bufferSize: 0);

    private static Process Start(Sides sides, params string[] places)
    {
        Process process = Process.Start("dotnet", [typeof(EchoPeer).Assembly.Location, Name, .. places]);
        sides.PutThere(process.Id);
        return process;
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);
}
