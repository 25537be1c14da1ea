using System.Collections.Concurrent;
using Vpio.Abi;
using Vpio.Abi.Network;
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
        {
            _mayOwn[(device.Value, guest.Id.Value)] = true;
            if (isHostile)
                _hostile[guest.GetAddress(device)] = true;
        }

        return guest;
    }

    /// <summary>Tells whether a guest may own a device.</summary>
    public bool MayOwn(DeviceIndex device, DomainId guest) => _mayOwn.ContainsKey((device.Value, guest.Value));

    /// <summary>Tells whether an address is a hostile guest's.</summary>
    public bool IsHostile(MacAddress address) => _hostile.ContainsKey(address);

    /// <summary>Counts the guests that have a device, those that are gone among them: at most so many come before one that waits.</summary>
    public int CountOwners(DeviceIndex device) => _mayOwn.Keys.Count(key => key.Device == device.Value);
}
