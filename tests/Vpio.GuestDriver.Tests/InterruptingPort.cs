using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver.Tests;

/// <summary>Is the fake port of a guest that can be interrupted.</summary>
/// <param name="port">All the rest of it.</param>
internal sealed class InterruptingPort(FakePort port) : IInterruptingPort
{
    public ref readonly DevicePage DevicePage => ref port.DevicePage;

    public ref GuestPage GuestPage => ref port.GuestPage;

    public GuestMemory Memory => port.Memory;

    public ulong ReadCounter() => port.ReadCounter();

    public long Call(uint cmd, ref DeviceOpArgument argument) => port.Call(cmd, ref argument);

    public RegisterWindow GetWindow(DeviceIndex device) => port.GetWindow(device);

    public void Kick(DeviceIndex device) => port.Kick(device);

    public void SetUpcallHandler(Action handler) => port.Handler = handler;

    public void Dispose() => port.Dispose();
}
