using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Describes a device and the guest's use of it, as <see cref="DeviceOp.Query"/> answered.</summary>
/// <param name="answer">The answer.</param>
public readonly struct DeviceDescription(in QueryArgs answer)
{
    /// <summary>Gets what kind of device it is.</summary>
    public DeviceClass Class { get; } = (DeviceClass)answer.Class;

    /// <summary>Gets the size of the register window, bytes.</summary>
    public uint WindowBytes { get; } = answer.WindowBytes;

    /// <summary>Gets the guest's time slice, while others wait.</summary>
    public TimeSpan Slice { get; } = Span(answer.SliceNs);

    /// <summary>Gets how long the guest may take to release when asked to.</summary>
    public TimeSpan Grace { get; } = Span(answer.GraceNs);

    /// <summary>Gets the guest's weight, 1 to 16.</summary>
    public uint Weight { get; } = answer.Weight;

    /// <summary>Gets the guest's MAC address; zero for devices that are no network.</summary>
    public MacAddress MacAddress { get; } = new(answer.MacAddress);

    /// <summary>Gets how often the guest was granted the device.</summary>
    public ulong Grants { get; } = answer.Grants;

    /// <summary>Gets how often the guest was asked to stop.</summary>
    public ulong Revocations { get; } = answer.Revocations;

    /// <summary>Gets how often the guest was stopped by force.</summary>
    public ulong ForcedStops { get; } = answer.ForcedStops;

    /// <summary>Gets how long the guest owned the device, in ownerships that ended.</summary>
    public TimeSpan Owned { get; } = Span(answer.OwnedNs);

    /// <summary>Gets how long the guest waited for the grants it got.</summary>
    public TimeSpan Waited { get; } = Span(answer.WaitedNs);

    /// <summary>Gets how many frames were parked for the guest.</summary>
    public ulong RxParked { get; } = answer.RxParked;

    /// <summary>Gets how many frames for the guest were dropped.</summary>
    public ulong RxDropped { get; } = answer.RxDropped;

    private static TimeSpan Span(ulong nanoseconds) => new((long)(nanoseconds / TimeSpan.NanosecondsPerTick));
}
