namespace Vpio.Benchmarks.Ownership;

/// <summary>Grabs a device by the bare hypercall of a guest without a driver, and releases it by another.</summary>
/// <param name="guest">The guest.</param>
internal readonly struct DeviceOfBareGuest(BareGuest guest) : IPair
{
    public void TakeAndGiveBack() => guest.Release(guest.Grab());
}
