using Vpio.Abi.Ownership;

namespace Vpio.GuestDriver;

/// <summary>Is what a driver waits for. A struct, so that waiting allocates nothing.</summary>
internal interface INicProgress
{
    /// <summary>Gets the half of the device that makes the progress.</summary>
    NicHalf Half { get; }

    /// <summary>Looks whether it is reached, whatever the lease is worth.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns><see langword="true"/> when it is.</returns>
    [Quiesce]
    bool IsReached([RequiresHeld] in DeviceLease lease);
}
