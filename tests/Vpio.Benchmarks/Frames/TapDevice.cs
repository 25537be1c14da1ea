using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Vpio.Benchmarks.Frames;

/// <summary>Is a TAP device of Linux: the kernel takes a frame with a call for each, and drops it, for it knows no protocol of its kind.</summary>
internal sealed partial class TapDevice : IDisposable
{
    private const string CloneDevice = "/dev/net/tun";
    private const nuint SetInterface = 0x400454ca; // TUNSETIFF
    private const nuint SetInterfaceFlags = 0x8914; // SIOCSIFFLAGS
    private const short TapWithoutHeader = 0x1002; // IFF_TAP | IFF_NO_PI
    private const short Up = 1; // IFF_UP
    private const int NameBytes = 16;
    private const int EtherTypeOffset = 12;

    private readonly FileStream _stream;
    private readonly byte[] _frame;

    private TapDevice(FileStream stream, int frameBytes)
    {
        _stream = stream;
        _frame = new byte[frameBytes];
        _frame[0] = 0x02;
        (_frame[EtherTypeOffset], _frame[EtherTypeOffset + 1]) = (0x88, 0xb5); // Kept for experiments: nobody takes it.
    }

    /// <summary>Opens one.</summary>
    /// <param name="frameBytes">How long each frame is.</param>
    /// <param name="problem">Why there is none.</param>
    /// <returns>The device, or <see langword="null"/>.</returns>
    public static TapDevice? TryOpen(int frameBytes, out string? problem)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(CloneDevice, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            using Socket any = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            if (Control(stream.SafeFileHandle, SetInterface, Request(TapWithoutHeader)) == 0 && Control(any.SafeHandle, SetInterfaceFlags, Request(Up)) == 0)
            {
                problem = null;
                return new TapDevice(stream, frameBytes);
            }

            problem = Marshal.GetLastPInvokeErrorMessage();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = failure.Message;
        }

        stream?.Dispose();
        return null;
    }

    /// <summary>Writes frames.</summary>
    /// <param name="frames">How many.</param>
    public void Send(int frames)
    {
        for (int sent = 0; sent < frames; sent++)
            _stream.Write(_frame);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static byte[] Request(short flags)
    {
        byte[] request = new byte[40];
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"vpio{Environment.ProcessId}"), request);
        BitConverter.TryWriteBytes(request.AsSpan(NameBytes), flags);
        return request;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeHandle handle, nuint request, byte[] argument);
}
