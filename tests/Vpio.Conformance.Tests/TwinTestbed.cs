using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Conformance.Tests;

/// <summary>Is a hypervisor with one planted fault.</summary>
/// <param name="testbed">The hypervisor.</param>
/// <param name="plant">The fault.</param>
internal sealed class TwinTestbed(ITestbed testbed, Plant plant) : ITestbed
{
    /// <summary>Gets or sets whether a guest stored something into the device page.</summary>
    public bool DevicePageWasWritten { get; set; }

    public DeviceIndex AddNic() => testbed.AddNic();

    public ITestGuest AddGuest() => new TwinGuest(testbed.AddGuest(), this, plant);

    public void Assign(ITestGuest guest, DeviceIndex device, MacAddress address) => testbed.Assign(Real(guest), device, address);

    public void SetTerms(DeviceIndex device, TimeSpan slice, TimeSpan grace, bool detaches)
    {
        testbed.SetTerms(
            device,
            slice,
            grace,
            plant.Omits == Omission.StoppingWhoOverruns || (detaches && plant.Omits != Omission.Detaching));
    }

    public void Stop(ITestGuest guest)
    {
        if (plant.Omits != Omission.Stopping)
            testbed.Stop(Real(guest));
    }

    public void Remove(ITestGuest guest)
    {
        if (plant.Omits != Omission.Removing)
            testbed.Remove(Real(guest));
    }

    public void Unplug(DeviceIndex device)
    {
        if (plant.Omits != Omission.Unplugging)
            testbed.Unplug(device);
    }

    public void Dispose() => testbed.Dispose();

    private static ITestGuest Real(ITestGuest guest) => ((TwinGuest)guest).Real;
}
