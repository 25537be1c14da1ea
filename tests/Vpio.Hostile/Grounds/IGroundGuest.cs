using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hostile.Attacks;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a guest on a proving ground, as domain 0 sees it.</summary>
public interface IGroundGuest
{
    /// <summary>Gets its domain id.</summary>
    DomainId Id { get; }

    /// <summary>Gets its port.</summary>
    IHypercallPort Port { get; }

    /// <summary>Gets whether a stop is its end, so that it is never let go on.</summary>
    bool IsMortal => false;

    /// <summary>Gets how it ended, when it is mortal and everything was taken from it; <see langword="null"/> before.</summary>
    ProgramEnding? Ending => null;

    /// <summary>Finds the registers of a device as the guest touches them.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The window.</returns>
    IHostileWindow GetWindow(DeviceIndex device) => new MappedWindow(Port.GetWindow(device));

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
