using Vpio.Abi.Network;

namespace Vpio.Tool.Traffic;

/// <summary>Makes the addresses of guests that no capture names: 02:56:50:00:NN:NN, locally administered.</summary>
internal static class GuestAddress
{
    /// <summary>Makes the address of a guest.</summary>
    /// <param name="number">Its number, from 1 to 65,535.</param>
    internal static MacAddress Of(int number) => new(
        0x02 | (0x56UL << 8) | (0x50UL << 16) | ((ulong)(number >> 8) << 32) | ((ulong)(number & 0xFF) << 40));

    /// <summary>Makes addresses that are not taken.</summary>
    /// <param name="count">How many.</param>
    /// <param name="taken">The addresses in use; those made are added.</param>
    internal static IReadOnlyList<MacAddress> Fresh(int count, ISet<MacAddress> taken)
    {
        var fresh = new List<MacAddress>(count);
        for (int number = 1; fresh.Count < count; number++)
        {
            MacAddress address = Of(number);
            if (taken.Add(address))
                fresh.Add(address);
        }

        return fresh;
    }
}
