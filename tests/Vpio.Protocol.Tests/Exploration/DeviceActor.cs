using Vpio.Abi;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is the device, which works in batches for whoever owns it.</summary>
/// <param name="device">The device.</param>
/// <param name="batches">How many batches.</param>
internal sealed class DeviceActor(SharedDeviceUnderTest device, int batches) : Actor("device")
{
    public override Onward Call(int place, ulong memory)
    {
        if (device.Activity.TryBegin(out StateWord held))
        {
            ExploredMemory.Note(Happening.BatchBegins, held.Value);
            ExploredMemory.Happen(Happening.BatchWorks, held.Value);
            device.Activity.End();
        }

        return place + 1 == batches ? Onward.Done : new Onward(place + 1);
    }
}
