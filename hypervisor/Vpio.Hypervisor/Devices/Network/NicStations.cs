using System.Numerics;
using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Finds guests by their addresses: a table that is never changed, only replaced, so that looking costs no lock.</summary>
internal sealed class NicStations
{
    // Fibonacci hashing: the addresses of guests often differ in few bits.
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private readonly NicContext?[] _byAddress;
    private readonly int _shift;
    private readonly NicContext[] _all;

    private NicStations(NicContext[] all)
    {
        _all = all;

        // At most half full, so that there is always a place that ends a search.
        int bits = 1 + BitOperations.Log2((uint)Math.Max(1, 2 * all.Length));
        _byAddress = new NicContext?[1 << bits];
        _shift = 64 - bits;
        foreach (NicContext context in all)
        {
            ref NicContext? place = ref _byAddress[PlaceOf(context.Address)];
            if (place is not null)
                throw new ArgumentException($"The address {context.Address} is in use by guest {place.Guest}; give {context.Guest} another.", nameof(all));
            place = context;
        }
    }

    /// <summary>Gets a table of nobody.</summary>
    public static NicStations None { get; } = new([]);

    /// <summary>Gets all guests, in the order of their assignment.</summary>
    public ReadOnlySpan<NicContext> All => _all;

    /// <summary>Finds the guest that has an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Its context, or <see langword="null"/>.</returns>
    public NicContext? Find(MacAddress address) => _byAddress[PlaceOf(address)];

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

    /// <summary>Finds the place of an address: where its guest is, or would be.</summary>
    private int PlaceOf(MacAddress address)
    {
        int place = (int)(unchecked(address.Value * Spread) >> _shift);
        while (_byAddress[place] is { } other && other.Address != address)
            place = (place + 1) & (_byAddress.Length - 1);
        return place;
    }
}
