using Vpio.Abi;
using Vpio.Hypervisor.Upcalls;

namespace Vpio.Coyote.Tests.Twins;

/// <summary>Is the line that ships.</summary>
internal sealed class ShippingLine(UpcallLine line) : ILine
{
    public void Raise(DeviceIndex device, DeviceEvents events) => line.Raise(device, events);

    public DeviceStatus Wait(long? timeoutNs) => line.Wait(timeoutNs);

    public void Close() => line.Close();
}
