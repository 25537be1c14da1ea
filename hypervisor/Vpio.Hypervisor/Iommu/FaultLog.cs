using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Iommu;

/// <summary>Counts the blocked accesses of each guest and keeps the newest: what domain 0 reads.</summary>
/// <remarks>Bounded: a guest that faults without end costs a slot in a ring and a count, no memory.</remarks>
internal sealed class FaultLog
{
    private const int Kept = 256;

    private readonly Lock _gate = new();
    private readonly ulong[] _counts = new ulong[WaitSet<HardwareMemory>.MaxGuests];
    private readonly IommuFault[] _newest = new IommuFault[Kept];
    private long _logged;

    /// <summary>Books a blocked access.</summary>
    /// <param name="fault">The access.</param>
    public void Add(IommuFault fault)
    {
        lock (_gate)
        {
            _counts[fault.Guest.Value - 1]++;
            _newest[_logged++ % Kept] = fault;
        }
    }

    /// <summary>Counts the blocked accesses of a guest.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>How many there were.</returns>
    public ulong CountOf(DomainId guest)
    {
        lock (_gate)
            return _counts[guest.Value - 1];
    }

    /// <summary>Reads the newest blocked accesses.</summary>
    /// <returns>At most 256, oldest first.</returns>
    public IReadOnlyList<IommuFault> Newest()
    {
        lock (_gate)
        {
            int count = (int)Math.Min(_logged, Kept);
            IommuFault[] newest = new IommuFault[count];
            for (int i = 0; i < count; i++)
                newest[i] = _newest[(_logged - count + i) % Kept];
            return newest;
        }
    }
}
