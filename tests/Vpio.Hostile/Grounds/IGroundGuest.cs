using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a guest on a proving ground, as domain 0 sees it.</summary>
public interface IGroundGuest
{
    /// <summary>Gets its domain id.</summary>
    DomainId Id { get; }

    /// <summary>Gets its port.</summary>
    IHypercallPort Port { get; }

    /// <summary>Tells its MAC address.</summary>
    /// <param name="device">One of its devices.</param>
    /// <returns>The address, as domain 0 gave it.</returns>
    MacAddress GetAddress(DeviceIndex device);

    /// <summary>Gets whether it runs.</summary>
    GuestStanding Standing { get; }

    /// <summary>Stops it by force. When this returns it has nothing any more, and each call of it is refused.</summary>
    void Stop();

    /// <summary>Lets it go on after it was stopped or quarantined.</summary>
    void Resume();

    /// <summary>Removes it: it is stopped for good, and its id may be another's afterwards.</summary>
    void Remove();
}
