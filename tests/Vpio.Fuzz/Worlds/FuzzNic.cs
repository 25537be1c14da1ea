using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Fuzz.Worlds;

/// <summary>Is a NIC in its slot, with what has it work and what it is plugged into.</summary>
internal sealed class FuzzNic
{
    private SteppedEngine? _engine;

    /// <summary>Plugs a NIC in.</summary>
    /// <param name="world">Where it is to be.</param>
    /// <param name="faults">What is to be broken.</param>
    public FuzzNic(FuzzWorld world, Faults faults)
    {
        NicOptions options = new() { ParkingFrames = 40, GroupQuotaFrames = 8, Observer = Wire };
        Nic = new Nic(faults.Wire(Wire), options) { MakeEngine = work => _engine = new SteppedEngine(faults.Work(world, work)) };
        Device = world.Hypervisor.AddDevice(Nic);
    }

    /// <summary>Gets its wire.</summary>
    public TappedWire Wire { get; } = new();

    /// <summary>Gets the NIC.</summary>
    public Nic Nic { get; }

    /// <summary>Gets it as guests share it.</summary>
    public SharedDevice Device { get; }

    /// <summary>Gets its slot.</summary>
    public DeviceIndex Index => Device.Index;

    /// <summary>Lets it work for whoever owns it: a batch, or a last look before it sleeps.</summary>
    /// <param name="fallsAsleep">Whether it is the latter.</param>
    /// <returns>Whether there was anything to do.</returns>
    public bool Step(bool fallsAsleep = false)
    {
        StateWord word = Device.State;
        Wire.Expect(word.IsHeld ? FuzzGuest.AddressOf(word.Owner) : null);
        bool worked = fallsAsleep ? _engine!.AnnounceSleep() : _engine!.DoBatch();
        Check();
        return worked;
    }

    /// <summary>Throws unless it goes on, and has kept its promises so far.</summary>
    public void Check()
    {
        Wire.Check();
        BrokenPromiseException.Unless(Nic.IsLinkUp, "No guest takes the link down", Index.Value);
    }
}
