using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.CrossProcess;

/// <summary>Is the port of a guest in a process of its own: pages out of the hypervisor's memory, and calls by a socket for each thread, so that a sleep holds up no other call.</summary>
internal sealed unsafe class ProcessPort(string socket, int guest, MappedFile devicePage, MappedFile guestPage, MappedFile memory) : IHypercallPort
{
    private readonly ThreadLocal<CallConnection> _connections = new(() => new CallConnection(socket, guest));

    public ref readonly DevicePage DevicePage => ref Unsafe.AsRef<DevicePage>((void*)devicePage.Start);

    public ref GuestPage GuestPage => ref Unsafe.AsRef<GuestPage>((void*)guestPage.Start);

    public GuestMemory Memory => new(memory.Start, memory.LengthBytes);

    /// <summary>Gets the first word of the guest's memory: how far the guest is, for the hypervisor's process to see.</summary>
    public ref ulong Progress => ref Unsafe.AsRef<ulong>((void*)memory.Start);

    public long Call(uint cmd, ref DeviceOpArgument argument) => _connections.Value!.Call(cmd, ref argument);

    public RegisterWindow GetWindow(DeviceIndex device) => default;

    public ulong ReadCounter() => (ulong)Stopwatch.GetTimestamp();

    public void Kick(DeviceIndex device)
    {
    }

    public void Dispose()
    {
    }
}
