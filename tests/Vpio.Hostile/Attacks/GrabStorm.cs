using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Grabs, queues, cancels and releases on many threads of several guests without pause.</summary>
internal sealed class GrabStorm() : Attack("grab-storm", "several guests grab, queue, cancel and release on several threads without pause")
{
    public override void Strike(Assault assault)
    {
        while (assault.GoesOn)
        {
            DeviceIndex device = assault.Devices[assault.Random.Next(assault.Devices.Count)];
            bool queue = assault.Random.Next(2) == 0;
            DeviceStatus asked = assault.Grab(device, queue);
            if (asked == DeviceStatus.Queued && assault.Random.Next(2) == 0)
                assault.Cancel(device);
            assault.Release(device);
        }
    }
}
