using Vpio.Abi;
using Vpio.Hostile.Attacks;

namespace Vpio.Hostile.Judging;

/// <summary>Writes down whose each ownership was, as it was seen in the device page, told by calls, and found by neighbours: all must agree, and each ends once.</summary>
internal sealed class OwnershipBook(Effects effects)
{
    private const int Ended = 1 << 16;
    private const int ChunkSize = 1 << 14;
    private const int Chunks = 1 << 14;

    private readonly int[]?[][] _owners = [.. Enumerable.Range(0, DevicePage.SlotCount).Select(_ => new int[]?[Chunks])];
    private readonly long[] _counts = new long[DevicePage.SlotCount];

    /// <summary>Counts the ownerships of a device that somebody had.</summary>
    public long Count(DeviceIndex device) => Volatile.Read(ref _counts[device.Value]);

    /// <summary>Writes down that a guest had a device.</summary>
    public void Owned(DeviceIndex device, Generation generation, DomainId guest)
    {
        if (!device.IsValid || generation.Value >= (ulong)Chunks * ChunkSize)
        {
            effects.Add($"{device} was granted to {guest} in generation {generation}: there is no such device, or no run comes that far");
            return;
        }

        int before = Interlocked.CompareExchange(ref Place(device, generation), guest.Value, 0);
        if (before == 0)
            Interlocked.Increment(ref _counts[device.Value]);
        else if ((before & ushort.MaxValue) != guest.Value)
            effects.Add($"{device} was had by d{before & ushort.MaxValue} and by {guest} in one generation");
    }

    /// <summary>Writes down that a guest's release of a device succeeded.</summary>
    public void GaveBack(DeviceIndex device, Generation generation, DomainId guest)
    {
        Owned(device, generation, guest);
        if (device.IsValid && (Interlocked.Or(ref Place(device, generation), Ended) & Ended) != 0)
            effects.Add($"an ownership of {device} was given back twice, once by {guest}");
    }

    /// <summary>Gets what the calls of one guest are booked by.</summary>
    public IOwnershipClaims ClaimsOf(DomainId guest) => new GuestClaims(this, guest);

    private ref int Place(DeviceIndex device, Generation generation)
    {
        ref int[]? owners = ref _owners[device.Value][generation.Value / ChunkSize % Chunks];
        if (Volatile.Read(ref owners) is null)
            Interlocked.CompareExchange(ref owners, new int[ChunkSize], null);
        return ref owners![generation.Value % ChunkSize];
    }

    private sealed class GuestClaims(OwnershipBook book, DomainId guest) : IOwnershipClaims
    {
        public void Granted(DeviceIndex device, Generation generation) => book.Owned(device, generation, guest);

        public void GaveBack(DeviceIndex device, Generation generation) => book.GaveBack(device, generation, guest);
    }
}
