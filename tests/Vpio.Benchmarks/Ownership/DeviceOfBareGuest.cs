namespace Vpio.Benchmarks.Ownership;

/// <summary>Is a device by the bare hypercalls of a guest without a driver.</summary>
/// <param name="guest">The guest.</param>
internal readonly struct DeviceOfBareGuest(BareGuest guest) : IExclusion
{
    public void Take() => guest.Grab(queue: false);

    public void GiveBack() => guest.Release();
}
