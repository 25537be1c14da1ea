using System.Diagnostics;
using System.Numerics;

namespace Vpio.Tool.Bench;

/// <summary>Says which processors what is measured runs on: the NIC, a thread here, has one of its own, as a device of hardware takes none from guests.</summary>
/// <remarks>
/// Left to the system, the thread of the guest that is granted the NIC is often woken on the processor of the NIC's, and waits there for milliseconds: what is measured then is
/// how soon the system moves one of them. It is the same for all ways. On one processor there is nothing to place.
/// </remarks>
/// <param name="OfDevice">The NIC's; null where the system places it.</param>
/// <param name="OfGuests">The guests'.</param>
internal sealed record Placement(IReadOnlyList<int>? OfDevice, IReadOnlyList<int>? OfGuests)
{
    /// <summary>Finds which there are.</summary>
    internal static Placement Find()
    {
        int[] permitted = FindPermitted();
        return permitted.Length < 2 ? new Placement(null, null) : new Placement([permitted[^1]], permitted[..^1]);
    }

    /// <summary>Finds the numbers of the processors that this process may run on; where the system does not tell, one.</summary>
    internal static int[] FindPermitted()
    {
        if (!OperatingSystem.IsLinux())
            return [0];
        using Process self = Process.GetCurrentProcess();
        return [.. Numbers((ulong)self.ProcessorAffinity)];
    }

    /// <summary>Says where what runs.</summary>
    /// <returns>A sentence.</returns>
    internal string Describe() => OfDevice is null || OfGuests is null
        ? "The system places the NIC's thread and the guests."
        : $"The NIC's thread runs on processor {string.Join(", ", OfDevice)}, the guests on {string.Join(", ", OfGuests)}.";

    private static IEnumerable<int> Numbers(ulong set)
    {
        for (; set != 0; set &= set - 1)
            yield return BitOperations.TrailingZeroCount(set);
    }
}
