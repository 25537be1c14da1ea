using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Processes;

/// <summary>Is the port of a guest in a process of its own: pages and windows by descriptors of the hypervisor, hypercalls by call slots in shared memory.</summary>
/// <remarks>
/// A call spins for a moment and then sleeps on its slot; DEVOP_wait makes no call, it sleeps on notify_seq of the guest page. When the hypervisor ends, the device page
/// shows every device offline and the epoch 0 from then on, sleeps end, and every call is refused with <see cref="DeviceStatus.Denied"/>. Linux.
/// Threads: all members may be used from any thread. Source: <c>docs/guests.md</c>, "A process of its own".
/// </remarks>
public sealed class ProcessPort : IHypercallPort
{
    private readonly SharedMapping _devicePage;
    private readonly SharedMapping _guestPage;
    private readonly SharedMapping _memory;
    private readonly long _memoryBytes;
    private readonly ControlLine _control;
    private readonly CallLine _calls;
    private readonly PageSleepWords _sleep;
    private readonly RegisterWindows _windows;

    private ProcessPort(ControlSocket socket, in ControlMessage answer, ReadOnlySpan<SafeFileHandle?> descriptors)
    {
        _memoryBytes = (long)answer.LengthBytes;
        _devicePage = new SharedMapping(descriptors[0]!, DevicePage.Size, writable: false);
        _guestPage = new SharedMapping(descriptors[1]!, GuestPage.Size, writable: true);
        _memory = new SharedMapping(descriptors[2]!, _memoryBytes + (long)answer.ApplicationBytes, writable: true);
        SharedMapping area = new(descriptors[3]!, CallArea.Size, writable: true);
        _control = new ControlLine(socket, new DevicePageEnd(_devicePage));
        _calls = new CallLine(area, _control);
        _sleep = new PageSleepWords(_guestPage, _control);
        _windows = new RegisterWindows(area, _control);
    }

    /// <inheritdoc/>
    public ref readonly DevicePage DevicePage => ref _devicePage.At<DevicePage>();

    /// <inheritdoc/>
    public ref GuestPage GuestPage => ref _guestPage.At<GuestPage>();

    /// <inheritdoc/>
    public GuestMemory Memory => new(_memory.Start, _memoryBytes);

    /// <summary>Gets the memory behind that, which the guest's program shares with domain 0, and no device reaches.</summary>
    public GuestMemory Application => new(_memory.Start + (nint)_memoryBytes, _memory.LengthBytes - _memoryBytes);

    /// <summary>Gets what is cancelled when the hypervisor has ended, or the port is disposed.</summary>
    public CancellationToken HypervisorEnds => _control.Ends;

    /// <summary>Attaches this process, which a hypervisor started as a guest.</summary>
    /// <param name="descriptor">The control socket.</param>
    /// <returns>The port, for <see cref="GuestDomain.Attach"/>. It owns the descriptor from now on.</returns>
    /// <exception cref="IOException">The descriptor is no control socket, or the hypervisor has ended.</exception>
    /// <exception cref="PageProtocolException">The call area is not what the ABI says it is.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not a 64-bit Linux.</exception>
    public static ProcessPort Open(int descriptor = ControlMessage.Descriptor)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            throw new PlatformNotSupportedException("Guests in processes of their own need a 64-bit Linux, 5.16 or later.");

        ControlSocket socket = new(new SafeFileHandle(descriptor, ownsHandle: true));
        SafeFileHandle?[] descriptors = new SafeFileHandle?[ControlSocket.MaxDescriptors];
        ControlMessage request = new() { Kind = (uint)ControlKind.Attach };
        if (!socket.TrySend(in request, [], waits: true)
            || socket.TryReceive(out ControlMessage answer, descriptors) != descriptors.Length || answer.Kind != request.Kind)
        {
            throw new IOException($"Descriptor {descriptor} is no control socket of a hypervisor that runs: this program is started by one, as a guest.");
        }

        return new ProcessPort(socket, in answer, descriptors);
    }

    /// <inheritdoc/>
    public ulong ReadCounter() => (ulong)Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public long Call(uint cmd, ref DeviceOpArgument argument)
    {
        // SAFETY: only whether the reference is null is asked.
        if (Unsafe.IsNullRef(ref argument))
            return (long)(cmd <= (uint)DeviceOp.Wait ? DeviceStatus.BadAddress : DeviceStatus.NoSuchOperation);
        return (long)(cmd == (uint)DeviceOp.Wait ? UpcallSleep.Call(_sleep, in argument) : _calls.Make(cmd, ref argument));
    }

    /// <inheritdoc/>
    public RegisterWindow GetWindow(DeviceIndex device) => _windows.Get(device);

    /// <inheritdoc/>
    public void Kick(DeviceIndex device) => _control.Send(ControlKind.Kick, device.Value);

    /// <summary>Hangs up. What the guest holds it keeps until its process ends, unless it gave it back before.</summary>
    public void Dispose() => _control.Dispose();
}
