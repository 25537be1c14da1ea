using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Finds guests by their addresses: a table that is never changed, only replaced, so that looking costs no lock.</summary>
internal sealed class NicStations
{
    private readonly Dictionary<MacAddress, NicContext> _byAddress;
    private readonly NicContext[] _all;

    private NicStations(NicContext[] all)
    {
        _all = all;
        _byAddress = all.ToDictionary(context => context.Address);
    }

    /// <summary>Gets a table of nobody.</summary>
    public static NicStations None { get; } = new([]);

    /// <summary>Gets all guests, in the order of their assignment.</summary>
    public ReadOnlySpan<NicContext> All => _all;

    /// <summary>Finds the guest that has an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Its context, or <see langword="null"/>.</returns>
    public NicContext? Find(MacAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>Finds a guest's context.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Its context, or <see langword="null"/>.</returns>
    public NicContext? Find(DomainId guest) => Array.Find(_all, context => context.Guest == guest);

    /// <summary>Adds a guest.</summary>
    /// <param name="context">The guest's context.</param>
    /// <returns>The new table.</returns>
    public NicStations With(NicContext context) => new([.. _all, context]);

    /// <summary>Takes a guest out.</summary>
    /// <param name="context">The guest's context.</param>
    /// <returns>The new table.</returns>
    public NicStations Without(NicContext context) => new([.. _all.Where(other => other != context)]);
}
