using Vpio.Hypervisor.Guests;

namespace Vpio.Tool.Bench;

/// <summary>Is one of the ways to give guests a NIC that the papers on virtual passthrough I/O compare.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Guests">How many guests use the NIC.</param>
/// <param name="Registers">How a guest reaches the registers.</param>
/// <param name="AlwaysWantsKicks">Whether each doorbell takes a hypercall besides.</param>
internal sealed record NicWay(string Name, int Guests, RegisterAccess Registers = RegisterAccess.Direct, bool AlwaysWantsKicks = false)
{
    private const int Sharers = 4;

    /// <summary>Gets a NIC that one guest has to itself.</summary>
    internal static NicWay Exclusive { get; } = new("exclusive passthrough", 1);

    /// <summary>Gets a NIC that guests time-share, each driving it directly while it owns it.</summary>
    internal static NicWay Shared { get; } = new($"VPIO, {Sharers} guests share", Sharers);

    /// <summary>Gets a NIC whose registers the hypervisor emulates.</summary>
    internal static NicWay Emulated { get; } = new("emulated registers", 1, RegisterAccess.Emulated);

    /// <summary>Gets a NIC that is told of each frame by a hypercall.</summary>
    internal static NicWay HypercallPerFrame { get; } = new("hypercall per frame", 1, AlwaysWantsKicks: true);

    /// <summary>Gets all of them; the first is what the others are compared with.</summary>
    internal static IReadOnlyList<NicWay> All { get; } = [Exclusive, Shared, Emulated, HypercallPerFrame];
}
