using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Takes a device and keeps it, whatever it is asked, until it is taken by force.</summary>
internal sealed class NeverReleases() : Attack("never-releases", "takes the device and keeps it until it is taken by force, again and again")
{
    private const ulong NapNs = 50_000_000;

    public override void Strike(Assault assault)
    {
        DeviceIndex device = assault.Devices[0];
        while (assault.GoesOn && assault.Hold(device))
        {
            while (assault.GoesOn && assault.Holds(device))
            {
                assault.TakeEvents();
                assault.Wait(NapNs);
                assault.Grab(device, queue: true); // Refused: it has the device.
            }
        }
    }
}
