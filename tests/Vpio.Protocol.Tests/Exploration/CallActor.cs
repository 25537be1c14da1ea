namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is a thread of a guest whose calls touch what a stop takes away.</summary>
/// <param name="device">The device.</param>
/// <param name="guest">Which guest.</param>
/// <param name="calls">How many calls.</param>
internal sealed class CallActor(SharedDeviceUnderTest device, int guest, int calls) : Actor($"caller of {guest}")
{
    public override Onward Call(int place, ulong memory)
    {
        device.Call(guest, () => ExploredMemory.Happen(Happening.CallTouches, (ulong)guest));
        return place + 1 == calls ? Onward.Done : new Onward(place + 1);
    }
}
