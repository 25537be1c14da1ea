using Microsoft.Win32.SafeHandles;
using Vpio.Abi.Layout;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Processes;

/// <summary>Is the guest's end of the control socket: asks for windows, and notices when the hypervisor ends, on a thread that sleeps until then.</summary>
internal sealed class ControlLine : IDisposable
{
    private const int StackBytes = 256 * 1024;

    private readonly ControlSocket _socket;
    private readonly DevicePageEnd _devicePage;
    private readonly CancellationTokenSource _ends = new();
    private readonly object _answers = new(); // A monitor: waiting for an answer is what it is for.
    private readonly Lock _asking = new();

    // The kernel is given its address while threads sleep: nothing may move it.
    [SharedWord]
    private readonly uint[] _ended = GC.AllocateArray<uint>(1, pinned: true);
    private ControlMessage? _answer;
    private SafeFileHandle? _descriptor;

    /// <summary>Takes the socket over.</summary>
    /// <param name="socket">The socket; the guest has attached.</param>
    /// <param name="devicePage">What shows the end.</param>
    public ControlLine(ControlSocket socket, DevicePageEnd devicePage)
    {
        _socket = socket;
        _devicePage = devicePage;
        new Thread(Receive, StackBytes) { IsBackground = true, Name = "vpio control" }.Start();
    }

    /// <summary>Gets what is cancelled at the end.</summary>
    public CancellationToken Ends => _ends.Token;

    /// <summary>Gets a word that is not 0 after the end. Whoever sleeps while it is 0 is woken.</summary>
    [SharedWord]
    public ref uint Ended => ref _ended[0];

    /// <summary>Sends a request that has no answer.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <param name="index">Which device, or slot.</param>
    public void Send(ControlKind kind, uint index)
    {
        ControlMessage message = new() { Kind = (uint)kind, Index = index };
        _ = _socket.TrySend(in message, [], waits: true);
    }

    /// <summary>Asks for a register window.</summary>
    /// <param name="device">Which device.</param>
    /// <param name="lengthBytes">How long the window is, bytes.</param>
    /// <returns>What to map it by; <see langword="null"/> when there is none.</returns>
    public SafeFileHandle? AskForWindow(uint device, out long lengthBytes)
    {
        lock (_asking)
        {
            Send(ControlKind.Window, device);
            lock (_answers)
            {
                while (_answer is null && Volatile.Read(ref Ended) == 0)
                    Monitor.Wait(_answers);
                lengthBytes = (long)(_answer?.LengthBytes ?? 0);
                SafeFileHandle? descriptor = _descriptor;
                (_answer, _descriptor) = (null, null);
                return descriptor;
            }
        }
    }

    /// <summary>Hangs up.</summary>
    public void Dispose() => _socket.HangUp(); // The thread that receives closes it.

    private void Receive()
    {
        SafeFileHandle?[] descriptors = new SafeFileHandle?[1];
        while (_socket.TryReceive(out ControlMessage message, descriptors) is not null)
        {
            lock (_answers)
            {
                (_answer, _descriptor) = (message, descriptors[0]);
                Monitor.PulseAll(_answers);
            }

            descriptors[0] = null;
        }

        End();
    }

    private void End()
    {
        // The page first: who is woken finds it.
        _devicePage.Show();
        Volatile.Write(ref Ended, 1);
        Futex.WakeAll(ref Ended);
        lock (_answers)
            Monitor.PulseAll(_answers);
        _socket.Dispose();
        _ends.Cancel();
    }
}
