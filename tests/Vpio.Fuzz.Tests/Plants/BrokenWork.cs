using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Devices;

namespace Vpio.Fuzz.Tests.Plants;

/// <summary>Does a device's work with something else before or after it.</summary>
/// <param name="world">Where the device is.</param>
/// <param name="work">The work that is right.</param>
/// <param name="batch">The broken batch.</param>
internal sealed class BrokenWork(FuzzWorld world, IDeviceWork work, Func<FuzzWorld, IDeviceWork, bool> batch) : IDeviceWork
{
    public bool DoBatch() => batch(world, work);

    public bool AnnounceSleep() => work.AnnounceSleep();
}
