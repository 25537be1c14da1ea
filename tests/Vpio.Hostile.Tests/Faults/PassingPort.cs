using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Passes everything on to another port; a fault changes some of it.</summary>
internal class PassingPort(IHypercallPort inner) : IHypercallPort
{
    public IHypercallPort Inner => inner;

    public virtual ref readonly DevicePage DevicePage => ref inner.DevicePage;

    public ref GuestPage GuestPage => ref inner.GuestPage;

    public GuestMemory Memory => inner.Memory;

    public StateWord WordOf(DeviceIndex device) => DeviceSlot.ReadState(in Abi.DevicePage.Slot(in inner.DevicePage, device));

    public ulong ReadCounter() => inner.ReadCounter();

    public virtual long Call(uint cmd, ref DeviceOpArgument argument) => inner.Call(cmd, ref argument);

    public RegisterWindow GetWindow(DeviceIndex device) => inner.GetWindow(device);

    public void Kick(DeviceIndex device) => inner.Kick(device);

    public void Dispose() => inner.Dispose();
}
