using Vpio.Abi.Network;
using Vpio.AssembledGuests;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Programs;

namespace Vpio.Machines.Tests;

/// <summary>Is a hypervisor with one NIC, whose guests are virtual machines.</summary>
internal sealed class MachineWorld : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ReferenceHypervisor _hypervisor;

    public MachineWorld(HypervisorOptions? options = null)
    {
        UsableKvm.Demand();
        _hypervisor = new ReferenceHypervisor(options ?? new HypervisorOptions());
        Nic = new Nic(new LoopbackWire());
        Device = _hypervisor.AddDevice(Nic);
    }

    public ReferenceHypervisor Hypervisor => _hypervisor;

    public Nic Nic { get; }

    public SharedDevice Device { get; }

    /// <summary>Adds a guest whose program is written here, with the NIC assigned to it.</summary>
    public Guest Add(Action<MachineProgram> write, StrayAccess stray = StrayAccess.NoDevice, RegisterAccess registers = RegisterAccess.Direct)
    {
        MachineProgram program = new();
        write(program);
        Guest guest = _hypervisor.AddGuest(new GuestImage(program.ToImage()) { StrayAccess = stray, Registers = registers });
        Nic.SetMacAddress(guest.Id, new MacAddress(0x0200_0000_0000UL + guest.Id.Value));
        _hypervisor.Assign(guest, Device);
        return guest;
    }

    /// <summary>Starts a guest and waits for its end.</summary>
    public static MachineExit Run(Guest guest)
    {
        guest.Machine!.Start();
        return AwaitEnd(guest);
    }

    public static MachineExit AwaitEnd(Guest guest)
    {
        Assert.That(guest.Machine!.Ended.Wait(Limit), Is.True, $"guest {guest.Id} did not end: {guest.Machine.Statistics}");
        return guest.Machine.Exit!.Value;
    }

    public void Dispose() => _hypervisor.Dispose();
}
