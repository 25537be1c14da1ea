using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal static class Probing
{
    [NoOwnershipCheck("")] // VPIO1029: why?
    public static uint Probe(in DeviceLease lease) => lease.Read32(0);
}
