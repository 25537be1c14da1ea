using Vpio.Abi;
using Vpio.Hypervisor.Devices;

namespace Vpio.CGuest.Tests;

/// <summary>Is a device of a class that no version of the ABI knows.</summary>
/// <param name="inner">What it is in truth.</param>
internal sealed class OtherDevice(IDevice inner) : IDevice
{
    public DeviceClass Class => (DeviceClass)77;

    public uint WindowBytes => inner.WindowBytes;

    public void PlugIn(DeviceGate gate) => inner.PlugIn(gate);

    public void Unplug() => inner.Unplug();

    public DeviceContext CreateContext(GuestAttachment attachment) => inner.CreateContext(attachment);

    public void RemoveContext(DeviceContext context) => inner.RemoveContext(context);

    public void Wake() => inner.Wake();
}
