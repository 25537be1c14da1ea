using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hypervisor.Iommu;

/// <summary>Translates the addresses that devices use to memory of one guest, by the mappings that the guest made.</summary>
/// <remarks>
/// The table is an immutable sorted array, replaced whole: a device reads it without a lock. An unmap is in force when the
/// table is replaced and each device has left the batch it was in; waiting for that is the caller's part.
/// Source: <c>docs/abi.md</c>, "DMA".
/// </remarks>
internal sealed class IommuDomain(DomainId guest, FaultLog faults)
{
    /// <summary>How many mappings a guest may have at a time.</summary>
    public const int MaxMappings = 4096;

    private readonly Lock _writers = new();
    private IommuMapping[] _table = [];
    private int _lastPlace;

    /// <summary>Gets how many accesses were blocked so far.</summary>
    public ulong Faults => faults.CountOf(guest);

    /// <summary>Adds a mapping.</summary>
    /// <param name="mapping">The mapping; its range was checked against the guest's memory.</param>
    /// <returns>0, <see cref="DeviceStatus.Exists"/> for an overlap, or <see cref="DeviceStatus.NoMemory"/>.</returns>
    public DeviceStatus Map(IommuMapping mapping)
    {
        lock (_writers)
        {
            IommuMapping[] table = _table;
            if (table.Length == MaxMappings)
                return DeviceStatus.NoMemory;
            int place = FirstEndingAfter(table, mapping.Iova);
            if (place < table.Length && table[place].Iova < mapping.End)
                return DeviceStatus.Exists;

            // ORDER release: the entries are seen with the table. Pairs with Volatile.Read in IommuDomain.TryTranslate.
            Volatile.Write(ref _table, [.. table[..place], mapping, .. table[place..]]);
            return DeviceStatus.Ok;
        }
    }

    /// <summary>Takes a mapping out. The caller then waits until no device uses the old table any more.</summary>
    /// <param name="iova">Where it begins.</param>
    /// <param name="length">How long it is, bytes.</param>
    /// <returns>0, or <see cref="DeviceStatus.NotFound"/> when there is no such mapping, begun and ended just so.</returns>
    public DeviceStatus Unmap(ulong iova, ulong length)
    {
        lock (_writers)
        {
            IommuMapping[] table = _table;
            int place = FirstEndingAfter(table, iova);
            if (place == table.Length || table[place].Iova != iova || table[place].Length != length)
                return DeviceStatus.NotFound;

            // ORDER full: the new table is seen before the caller looks whether a device is in a batch. Pairs with Volatile.Read in IommuDomain.TryTranslate.
            Interlocked.Exchange(ref _table, [.. table[..place], .. table[(place + 1)..]]);
            return DeviceStatus.Ok;
        }
    }

    /// <summary>Takes all mappings out.</summary>
    public void Clear()
    {
        lock (_writers)
            Interlocked.Exchange(ref _table, []);
    }

    /// <summary>Translates a range, or blocks the access, counts it and logs it.</summary>
    /// <param name="iova">Where the device wants to go.</param>
    /// <param name="length">How far, bytes, not 0.</param>
    /// <param name="access">What it wants there.</param>
    /// <param name="offset">Where that is in the guest's memory, bytes.</param>
    /// <returns>Whether one mapping allows it all.</returns>
    public bool TryTranslate(ulong iova, uint length, DmaAccess access, out long offset)
    {
        IommuMapping[] table = Volatile.Read(ref _table);
        int place = PlaceOf(table, iova);
        if (place < table.Length && table[place].Allows(iova, length, access))
        {
            offset = table[place].OffsetOf(iova);
            return true;
        }

        faults.Add(new IommuFault(guest, new Iova(iova), length, access));
        offset = 0;
        return false;
    }

    /// <summary>Finds where an address is mapped, if anywhere. It is looked for first where the last one was found: most lie in the ring and buffers of one driver.</summary>
    private int PlaceOf(IommuMapping[] table, ulong iova)
    {
        // Only where to look first: what this table has there decides. So a place in an older table, or one that another device found, does no harm.
        int place = Volatile.Read(ref _lastPlace);
        if ((uint)place < (uint)table.Length && table[place].Contains(iova))
            return place;
        place = FirstEndingAfter(table, iova);
        Volatile.Write(ref _lastPlace, place);
        return place;
    }

    private static int FirstEndingAfter(IommuMapping[] table, ulong iova)
    {
        int low = 0;
        int high = table.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (table[middle].End <= iova)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
