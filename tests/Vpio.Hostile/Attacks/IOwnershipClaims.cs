using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Hears of the ownerships that a hostile guest was told it has, so that they can be compared with everybody else's.</summary>
public interface IOwnershipClaims
{
    /// <summary>Hears that a grab returned an ownership.</summary>
    /// <param name="device">The device.</param>
    /// <param name="generation">The ownership.</param>
    void Granted(DeviceIndex device, Generation generation);

    /// <summary>Hears that a release succeeded.</summary>
    /// <param name="device">The device.</param>
    /// <param name="generation">The ownership.</param>
    void GaveBack(DeviceIndex device, Generation generation);
}
