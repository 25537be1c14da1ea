using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Conformance;

/// <summary>Is domain 0's side of a hypervisor under test, started for one case. Who binds a hypervisor implements it.</summary>
public interface ITestbed : IDisposable
{
    /// <summary>Plugs in a network device on a wire that brings every frame back.</summary>
    /// <returns>Its slot.</returns>
    DeviceIndex AddNic();

    /// <summary>Adds a guest and starts it. No device is assigned to it.</summary>
    /// <returns>The guest.</returns>
    ITestGuest AddGuest();

    /// <summary>Gives a guest its address on a network device, and assigns that to it.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="device">The device.</param>
    /// <param name="address">The address.</param>
    void Assign(ITestGuest guest, DeviceIndex device, MacAddress address);

    /// <summary>Sets how a device is shared, for slices and graces that begin from now on.</summary>
    /// <param name="device">The device.</param>
    /// <param name="slice">How long a slice is, 100 µs to 1 s.</param>
    /// <param name="grace">How long a grace is, 100 µs to 1 s.</param>
    /// <param name="detaches">Whether an owner that outlives its grace loses the device alone; else it is stopped.</param>
    void SetTerms(DeviceIndex device, TimeSpan slice, TimeSpan grace, bool detaches);

    /// <summary>Stops a guest by force.</summary>
    /// <param name="guest">The guest.</param>
    void Stop(ITestGuest guest);

    /// <summary>Removes a guest: nothing of it is left when this returns.</summary>
    /// <param name="guest">The guest.</param>
    void Remove(ITestGuest guest);

    /// <summary>Unplugs a device.</summary>
    /// <param name="device">The device.</param>
    void Unplug(DeviceIndex device);
}
