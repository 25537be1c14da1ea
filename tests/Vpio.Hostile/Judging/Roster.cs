using System.Collections.Concurrent;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.AssembledGuests;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Knows who is on the ground: which guests may own which device, and which addresses are the hostile ones'.</summary>
internal sealed class Roster
{
    private readonly ConcurrentDictionary<(uint Device, ushort Guest), bool> _mayOwn = [];
    private readonly ConcurrentDictionary<MacAddress, bool> _hostile = [];

    /// <summary>Adds a guest to the ground.</summary>
    /// <param name="ground">The ground.</param>
    /// <param name="devices">Its devices.</param>
    /// <param name="isHostile">Whether others may be sent anything by it.</param>
    /// <returns>The guest.</returns>
    public IGroundGuest Admit(IProvingGround ground, IReadOnlyList<DeviceIndex> devices, bool isHostile)
    {
        IGroundGuest guest = ground.AddGuest(devices);
        foreach (DeviceIndex device in devices)
            Enter(device, guest.Id, isHostile ? guest.GetAddress(device) : null);
        return guest;
    }

    /// <summary>Adds a hostile program to the ground.</summary>
    /// <param name="ground">The ground.</param>
    /// <param name="devices">Its devices.</param>
    /// <param name="arguments">What it is told.</param>
    /// <returns>The program; <see langword="null"/> where there are none.</returns>
    public IGroundProgram? AdmitProgram(IProvingGround ground, IReadOnlyList<DeviceIndex> devices, IReadOnlyList<string> arguments)
    {
        string self = Path.Combine(AppContext.BaseDirectory, $"{typeof(Roster).Assembly.GetName().Name}.dll");
        return Admit(ground.AddProgram(devices, "dotnet", [self, .. arguments]), devices);
    }

    /// <summary>Adds a hostile virtual machine to the ground.</summary>
    /// <param name="ground">The ground.</param>
    /// <param name="devices">Its devices.</param>
    /// <param name="image">Its program.</param>
    /// <param name="stopsAtStrayAccess">Whether an access to what is not there for it is its end.</param>
    /// <returns>The machine; <see langword="null"/> where there are none.</returns>
    /// <exception cref="ArgumentException">The hypervisor refuses the image.</exception>
    public IGroundMachine? AdmitMachine(IProvingGround ground, IReadOnlyList<DeviceIndex> devices, byte[] image, bool stopsAtStrayAccess) =>
        Admit(ground.AddMachine(devices, image, stopsAtStrayAccess), devices);

    /// <summary>Adds a hostile virtual machine to the ground whose processor does what threads of the judge tell it, and starts it.</summary>
    /// <param name="ground">The ground.</param>
    /// <param name="devices">Its devices.</param>
    /// <param name="witness">The port of another guest, which shows the device page.</param>
    /// <param name="patience">How long the agent may take to come up.</param>
    /// <returns>The guest.</returns>
    public IGroundGuest AdmitAgent(IProvingGround ground, IReadOnlyList<DeviceIndex> devices, IHypercallPort witness, TimeSpan patience)
    {
        IGroundMachine machine = ground.AddMachine(devices, AssembledAgent.Image, stopsAtStrayAccess: false)
            ?? throw new NotSupportedException("this ground has no guests that are virtual machines");
        foreach (DeviceIndex device in devices)
            Enter(device, machine.Id, machine.GetAddress(device));
        MachineGuest guest = new(machine, witness);
        guest.Start(patience);
        return guest;
    }

    /// <summary>Tells whether a guest may own a device.</summary>
    public bool MayOwn(DeviceIndex device, DomainId guest) => _mayOwn.ContainsKey((device.Value, guest.Value));

    /// <summary>Tells whether an address is a hostile guest's.</summary>
    public bool IsHostile(MacAddress address) => _hostile.ContainsKey(address);

    /// <summary>Counts the guests that have a device, those that are gone among them: at most so many come before one that waits.</summary>
    public int CountOwners(DeviceIndex device) => _mayOwn.Keys.Count(key => key.Device == device.Value);

    private TProgram? Admit<TProgram>(TProgram? program, IReadOnlyList<DeviceIndex> devices)
        where TProgram : class, IGroundProgram
    {
        foreach (DeviceIndex device in program is null ? [] : devices)
            Enter(device, program!.Id, program.GetAddress(device));
        return program;
    }

    private void Enter(DeviceIndex device, DomainId guest, MacAddress? hostileAddress)
    {
        _mayOwn[(device.Value, guest.Value)] = true;
        if (hostileAddress is { } address)
            _hostile[address] = true;
    }
}
