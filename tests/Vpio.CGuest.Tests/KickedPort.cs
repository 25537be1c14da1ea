using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.CGuest.Tests;

/// <summary>Is a port on which something happens after a kick, before the driver goes on.</summary>
internal sealed class KickedPort(IHypercallPort port) : IHypercallPort
{
    /// <summary>Gets or sets what happens.</summary>
    public Action? OnKick { get; set; }

    public ref readonly DevicePage DevicePage => ref port.DevicePage;

    public ref GuestPage GuestPage => ref port.GuestPage;

    public GuestMemory Memory => port.Memory;

    public ulong ReadCounter() => port.ReadCounter();

    public long Call(uint cmd, ref DeviceOpArgument argument) => port.Call(cmd, ref argument);

    public RegisterWindow GetWindow(DeviceIndex device) => port.GetWindow(device);

    public void Kick(DeviceIndex device)
    {
        port.Kick(device);
        OnKick?.Invoke();
    }

    public void Dispose() => port.Dispose();
}
