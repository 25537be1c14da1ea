using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Accounting;

/// <summary>Holds both sides of a guest's account.</summary>
/// <param name="id">The guest.</param>
/// <param name="mac">Its address.</param>
/// <param name="faults">Where deviations go.</param>
internal sealed class GuestAccount(DomainId id, MacAddress mac, Faults faults)
{
    /// <summary>Gets the guest.</summary>
    internal DomainId Id { get; } = id;

    /// <summary>Gets its address.</summary>
    internal MacAddress Mac { get; } = mac;

    /// <summary>Gets the account of what it sends.</summary>
    internal SendAccount Sending { get; } = new(id, faults);

    /// <summary>Gets the account of what it receives.</summary>
    internal ReceiveAccount Receiving { get; } = new(id, faults);

    /// <summary>Begins to follow a guest's own reports, before it has its address.</summary>
    /// <param name="end">Where the guest reports.</param>
    internal void Follow(Domain0End end)
    {
        Sending.Follow(end);
        Receiving.Follow(end);
    }

    /// <summary>Reads the last reports of a guest that is gone, and writes off what was on its way from and to it.</summary>
    internal void WriteOff()
    {
        Sending.WriteOff();
        Receiving.WriteOff();
    }

    /// <summary>Reads what the guest reported since the last time.</summary>
    internal void Drain()
    {
        Sending.Drain();
        Receiving.Drain();
    }
}
