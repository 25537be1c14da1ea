using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Conformance;

/// <summary>Is where a case plays: a hypervisor of its own, and how guests come into it.</summary>
/// <param name="testbed">The hypervisor.</param>
internal sealed class Scene(ITestbed testbed)
{
    private const ulong FirstAddress = 0x0002; // Locally administered; the number of the guest is its last byte.

    private int _guests;

    /// <summary>Gets domain 0's side.</summary>
    public ITestbed Domain0 => testbed;

    /// <summary>Plugs a network device in.</summary>
    public DeviceIndex Nic() => testbed.AddNic();

    /// <summary>Adds a guest to which a device is assigned.</summary>
    /// <param name="device">The device.</param>
    public Hand Guest(DeviceIndex device)
    {
        MacAddress address = new(FirstAddress | ((ulong)++_guests << 40));
        ITestGuest guest = testbed.AddGuest();
        testbed.Assign(guest, device, address);
        return new Hand(guest, device, address);
    }

    /// <summary>Adds guests to which a new network device is assigned.</summary>
    /// <param name="count">How many.</param>
    public Hand[] Guests(int count)
    {
        DeviceIndex device = Nic();
        return [.. Enumerable.Range(0, count).Select(_ => Guest(device))];
    }

    /// <summary>Adds a guest to which nothing is assigned.</summary>
    /// <param name="device">What it asks for all the same.</param>
    public Hand Stranger(DeviceIndex device) => new(testbed.AddGuest(), device, default);

    /// <summary>Lets nobody be asked for the device for as long as a case takes.</summary>
    public void LetNobodyBeAsked(DeviceIndex device) => testbed.SetTerms(device, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), detaches: false);

    /// <summary>Asks for the device after the shortest slice, and is patient then.</summary>
    public void AskSoon(DeviceIndex device) => testbed.SetTerms(device, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), detaches: false);

    /// <summary>Asks for the device after the shortest slice, and takes it soon.</summary>
    public void TakeSoon(DeviceIndex device, bool detaches) => testbed.SetTerms(device, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), detaches);
}
