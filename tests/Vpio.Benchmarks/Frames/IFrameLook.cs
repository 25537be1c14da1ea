using Vpio.GuestDriver;

namespace Vpio.Benchmarks.Frames;

/// <summary>Is how a sender looks whether it still holds the device, before each frame. A type, so that what is measured is the look and no loop around it.</summary>
internal interface IFrameLook
{
    /// <summary>Looks.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns>Whether the device is held, as far as was looked.</returns>
    static abstract bool IsHeld(in DeviceLease lease);
}

/// <summary>Does not look besides the driver.</summary>
internal readonly struct NoLook : IFrameLook
{
    public static bool IsHeld(in DeviceLease lease) => true;
}

/// <summary>Looks once.</summary>
internal readonly struct OneLook : IFrameLook
{
    public static bool IsHeld(in DeviceLease lease) => lease.IsHeld;
}

/// <summary>Looks eight times.</summary>
internal readonly struct EightLooks : IFrameLook
{
    public static bool IsHeld(in DeviceLease lease) =>
        lease.IsHeld & lease.IsHeld & lease.IsHeld & lease.IsHeld & lease.IsHeld & lease.IsHeld & lease.IsHeld & lease.IsHeld;
}
