using System.Runtime.InteropServices;
using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Shows all that a guest may write as bytes.</summary>
internal static class HostileBytes
{
    /// <summary>Shows the guest's memory.</summary>
    public static unsafe Span<byte> MemoryBytes(this IHypercallPort port) =>

        // SAFETY: the port says where its memory is and how long; it stays mapped while the port can be reached, which the caller sees to.
        new((void*)port.Memory.Start, (int)port.Memory.LengthBytes);

    /// <summary>Shows the guest's page.</summary>
    public static Span<byte> PageBytes(this IHypercallPort port) => MemoryMarshal.AsBytes(new Span<GuestPage>(ref port.GuestPage));

    /// <summary>Writes random bytes to a random place.</summary>
    /// <param name="random">The chance.</param>
    /// <param name="bytes">Where.</param>
    /// <param name="most">How many at most.</param>
    public static void Scribble(this Random random, Span<byte> bytes, int most)
    {
        int length = random.Next(1, Math.Min(most, bytes.Length) + 1);
        random.NextBytes(bytes.Slice(random.Next(bytes.Length - length + 1), length));
    }
}
