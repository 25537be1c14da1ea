using Vpio.Abi;
using Vpio.Simulation.Checking;

namespace Vpio.Simulation.Measuring;

/// <summary>Measures who had a device for how long, and counts grants and revocations.</summary>
/// <param name="guests">How many guests there are.</param>
/// <param name="guestOf">Finds the guest, from 1, that a domain is.</param>
internal sealed class UsageMeter(int guests, Func<int, int> guestOf) : IWitness
{
    private readonly long[] _sinceNs = new long[DevicePage.SlotCount];
    private readonly int[] _owners = new int[DevicePage.SlotCount];
    private readonly long[] _ownedNs = new long[guests + 1];
    private readonly bool[] _revoking = new bool[DevicePage.SlotCount];

    /// <summary>Gets how many grants there were.</summary>
    public long Grants { get; private set; }

    /// <summary>Gets how many of them were answers to a grab, without a wait.</summary>
    public long AtOnce { get; private set; }

    /// <summary>Gets how many owners were asked to stop.</summary>
    public long Revocations { get; private set; }

    /// <summary>Gets how often a device changed from one guest's context to another's.</summary>
    public long HandOvers { get; private set; }

    /// <summary>Tells how long a guest had devices.</summary>
    /// <param name="guest">The guest, from 1.</param>
    /// <param name="nowNs">Up to when: what it owns now counts up to then.</param>
    public long OwnedNs(int guest, long nowNs)
    {
        long ownedNs = _ownedNs[guest];
        for (int device = 0; device < _owners.Length; device++)
            ownedNs += _owners[device] == guest ? nowNs - _sinceNs[device] : 0;
        return ownedNs;
    }

    /// <inheritdoc/>
    public void See(long nowNs, in Observation seen)
    {
        switch (seen.Kind)
        {
            case ObservationKind.Began:
                Grants++;
                _revoking[seen.Device] = false;
                (_owners[seen.Device], _sinceNs[seen.Device]) = (guestOf(seen.Guest), nowNs);
                break;
            case ObservationKind.Ended:
                _ownedNs[_owners[seen.Device]] += nowNs - _sinceNs[seen.Device];
                _owners[seen.Device] = 0;
                break;
            case ObservationKind.Loaded:
                HandOvers++;
                break;
            case ObservationKind.Answered when seen.Value == (long)DeviceStatus.Ok:
                AtOnce++;
                break;
            case ObservationKind.Settled when seen.Word.State == DeviceState.Revoking && !_revoking[seen.Device]:
                _revoking[seen.Device] = true;
                Revocations++;
                break;
        }
    }
}
