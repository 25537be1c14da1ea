using Vpio.GuestDriver;

internal sealed class Probing
{
    private int _misses;

    public int Probe(GuestDevice device)
    {
        GrabResult result = device.TryGrab(out DeviceLease lease);
        if (result == GrabResult.Busy)
            _misses++;
        lease.Release(); // VPIO1007: the grab may have failed
        return _misses;
    }
}
