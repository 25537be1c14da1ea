// What a piece of code in a page may use without saying where it comes from. A page that begins with a using directive gets none of it.
#pragma warning disable IDE1006, CA1708
global using Vpio.Abi;
global using Vpio.Abi.Network;
global using Vpio.Abi.Operations;
global using Vpio.Abi.Ownership;
global using Vpio.GuestDriver;
global using Vpio.Hypervisor;
global using Vpio.Hypervisor.Devices;
global using Vpio.Hypervisor.Devices.Network;
global using Vpio.Hypervisor.Guests;
global using Vpio.Hypervisor.Scheduling;
global using static Surroundings;

/// <summary>What the pages call by name.</summary>
public static class Surroundings
{
    public static readonly IHypercallPort port = null!;
    public static readonly DeviceIndex index;
    public static readonly GuestDomain domain = null!;
    public static readonly GuestDevice device = null!;
    public static readonly NicTransmitter transmitter = null!;
    public static readonly NicReceiver receiver = null!;
    public static readonly ReferenceHypervisor hypervisor = null!;
    public static readonly Nic nic = null!;
    public static readonly SharedDevice shared = null!;
    public static readonly Guest guest = null!;
    public static readonly byte[] frame = new byte[2048];
    public static readonly CancellationToken cancellationToken;
}
