using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Is the reference hypervisor with a fault: one that lets a hostile guest do to others what none may.</summary>
internal sealed class FaultyGround(GroundTerms terms, Fault fault) : IProvingGround
{
    private const int Neighbours = 4;

    private readonly ReferenceGround _sound = new(terms, fault.MakeWire);
    private readonly List<IGroundGuest> _neighbours = [];
    private int _admitted;

    public IReadOnlyList<DeviceIndex> Devices => _sound.Devices;

    public IGroundGuest AddGuest(IReadOnlyList<DeviceIndex> devices)
    {
        if (fault.BreaksAfter is { } last && _admitted >= last)
            throw new InvalidOperationException("nobody is admitted any more");
        IGroundGuest guest = _sound.AddGuest(devices);
        int place = _admitted++;
        if (place == 0)
            return new FaultyGuest(guest, fault.WitnessPort?.Invoke(guest.Port) ?? guest.Port, fault);
        if (place > Neighbours)
            return new FaultyGuest(guest, fault.HostilePort?.Invoke(guest.Port, _neighbours) ?? guest.Port, fault);
        _neighbours.Add(guest);
        return new FaultyGuest(guest, fault.NeighbourPort?.Invoke(guest.Port) ?? guest.Port, fault);
    }

    public IGroundProgram? AddProgram(IReadOnlyList<DeviceIndex> devices, string fileName, IReadOnlyList<string> arguments) =>
        _sound.AddProgram(devices, fileName, arguments) is { } program ? new FaultyProgram(program, fault) : null;

    public IGroundMachine? AddMachine(IReadOnlyList<DeviceIndex> devices, ReadOnlyMemory<byte> image, bool stopsAtStrayAccess)
    {
        return _sound.AddMachine(devices, image, stopsAtStrayAccess && !fault.ForgivesStrayAccesses) is ReferenceMachine machine
            ? new FaultyMachine(machine, fault, ((ReferenceGuest)_neighbours[0]).Guest)
            : null;
    }

    public GroundResources CountResources() => _sound.CountResources();

    public void Dispose() => _sound.Dispose();

    private sealed class FaultyGuest(IGroundGuest guest, IHypercallPort port, Fault fault) : IGroundGuest
    {
        public DomainId Id => guest.Id;

        public IHypercallPort Port => port;

        public GuestStanding Standing => guest.Standing;

        public MacAddress GetAddress(DeviceIndex device) => guest.GetAddress(device);

        public void Stop() => guest.Stop();

        public void Resume() => guest.Resume();

        public void Remove()
        {
            guest.Remove();
            fault.Removed?.Invoke(guest);
        }
    }
}
