using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using Vpio.Abi;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;

namespace Vpio.Hypervisor.Guests.Processes;

/// <summary>Looks after one guest in a process of its own, on a thread of its own: starts it, answers what it asks for, and takes everything from it when it is at its end.</summary>
/// <remarks>
/// A thread for each guest, so that none can keep another's death from being noticed. It sleeps until the guest speaks or ends. It is also the parent that
/// the kernel knows: a guest that asked to die with its parent dies with this thread and not before.
/// </remarks>
internal sealed class GuestKeeper : IGuestBody
{
    private const int StackBytes = 256 * 1024;

    private readonly GuestFiles _files;
    private readonly CallServer?[] _servers = new CallServer?[CallArea.SlotCount];
    private readonly TaskCompletionSource<ChildProcess> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<GuestExit> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private ChildProcess? _child;
    private bool _stopped;

    /// <summary>Makes the keeper of a guest that is not started yet.</summary>
    /// <param name="files">What the guest gets.</param>
    public GuestKeeper(GuestFiles files) => _files = files;

    /// <inheritdoc/>
    public bool IsMortal => true;

    /// <summary>Gets the guest, from right after the keeper was made on.</summary>
    public Guest Guest { get; set; } = null!;

    /// <summary>Gets how the process ended, once everything was taken from the guest; cancelled when it could not be started.</summary>
    public Task<GuestExit> Ended => _ended.Task;

    /// <summary>Starts the process.</summary>
    /// <param name="command">What it runs.</param>
    /// <returns>Its number.</returns>
    public int Start(GuestCommand command)
    {
        Thread thread = new(() => Keep(command), StackBytes) { IsBackground = true, Name = $"vpio keeper {Guest.Id}" };
        try
        {
            thread.Start();
        }
        catch (OutOfMemoryException)
        {
            _ended.SetCanceled(); // Nobody would: who removes the guest waits for that.
            throw;
        }

        return _started.Task.GetAwaiter().GetResult().Id;
    }

    /// <inheritdoc/>
    public void Notify() => Futex.Wake(ref Guest.Pages.Page.At<GuestPage>(0).NotifySequence);

    /// <inheritdoc/>
    public void WindowEnded(DeviceIndex device) => Interlocked.Increment(ref CallArea.WindowVersion(ref _files.Area.At<CallArea>(0), device));

    /// <inheritdoc/>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _child?.End();
        }
    }

    private void Keep(GuestCommand command)
    {
        try
        {
            (ControlSocket here, ControlSocket there) = ControlSocket.MakePair();
            using (here)
            {
                using ChildProcess child = Start(command, there);
                Publish(child);
                Attend(child, here);
                _ended.SetResult(Bury(child));
            }
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or EntryPointNotFoundException)
        {
            _ended.SetCanceled();
            _started.SetException(failure);
        }
    }

    private static ChildProcess Start(GuestCommand command, ControlSocket there)
    {
        using (there)
            return ChildProcess.Start(command, there.Handle);
    }

    private void Publish(ChildProcess child)
    {
        lock (_gate)
        {
            _child = child;
            if (_stopped)
                child.End();
        }

        _started.SetResult(child);
    }

    private void Attend(ChildProcess child, ControlSocket socket)
    {
        SafeFileHandle? spoken = socket.Handle;
        while (true)
        {
            (bool socketSpoke, bool hasEnded) = child.Await(spoken);
            if (hasEnded)
                return;

            // A guest that hangs up, or talks nonsense, is not heard any more; it goes on with what it has.
            if (socketSpoke && !(socket.TryReceive(out ControlMessage message) && TryServe(socket, in message)))
                spoken = null;
        }
    }

    private bool TryServe(ControlSocket socket, in ControlMessage message)
    {
        DeviceIndex device = new(message.Index);
        switch ((ControlKind)message.Kind)
        {
            case ControlKind.Attach:
                _files.SendTo(socket);
                return true;
            case ControlKind.Serve when message.Index < CallArea.SlotCount:
                return TryServe((int)message.Index);
            case ControlKind.Window when device.IsValid:
                SendWindow(socket, device);
                return true;
            case ControlKind.Kick when device.IsValid:
                Guest.Kick(device);
                return true;
            default:
                return false;
        }
    }

    // A guest can use up all threads that the user may have. Then it is served no more, and nobody else is hurt.
    private bool TryServe(int slot)
    {
        try
        {
            _servers[slot] ??= new CallServer(Guest, _files.Area, slot);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    // To a guest that does not take its answers none is sent.
    private void SendWindow(ControlSocket socket, DeviceIndex device)
    {
        ControlMessage answer = new() { Kind = (uint)ControlKind.Window, Index = device.Value };
        if (Guest.AssignmentOf(device) is not { } assignment)
        {
            socket.TrySend(in answer, [], waits: false);
            return;
        }

        try
        {
            socket.TrySend(answer with { LengthBytes = assignment.Device.Device.WindowBytes }, [assignment.Registers.Descriptor], waits: false);
        }
        catch (ObjectDisposedException)
        {
            socket.TrySend(in answer, [], waits: false); // Unassigned meanwhile.
        }
    }

    private GuestExit Bury(ChildProcess child)
    {
        lock (_gate)
            _child = null;
        GuestExit exit = child.Reap();
        Guest.Stop();
        foreach (CallServer? server in _servers)
            server?.End();
        return exit;
    }
}
