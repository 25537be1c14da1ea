using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Describes a device and the guest's use of it, as <see cref="DeviceOp.Query"/> answered.</summary>
public readonly struct DeviceDescription
{
    internal DeviceDescription(in QueryArgs answer)
    {
        Class = (DeviceClass)answer.Class;
        WindowBytes = answer.WindowBytes;
        Slice = Span(answer.SliceNs);
        Grace = Span(answer.GraceNs);
        Weight = answer.Weight;
        MacAddress = new MacAddress(answer.MacAddress);
        Grants = answer.Grants;
        Revocations = answer.Revocations;
        ForcedStops = answer.ForcedStops;
        Owned = Span(answer.OwnedNs);
        Waited = Span(answer.WaitedNs);
        RxParked = answer.RxParked;
        RxDropped = answer.RxDropped;
    }

    /// <summary>Gets what kind of device it is.</summary>
    public DeviceClass Class { get; }

    /// <summary>Gets the size of the register window, bytes.</summary>
    public uint WindowBytes { get; }

    /// <summary>Gets the guest's time slice, while others wait.</summary>
    public TimeSpan Slice { get; }

    /// <summary>Gets how long the guest may take to release when asked to.</summary>
    public TimeSpan Grace { get; }

    /// <summary>Gets the guest's weight, 1 to 16.</summary>
    public uint Weight { get; }

    /// <summary>Gets the guest's MAC address; zero for devices that are no network.</summary>
    public MacAddress MacAddress { get; }

    /// <summary>Gets how often the guest was granted the device.</summary>
    public ulong Grants { get; }

    /// <summary>Gets how often the guest was asked to stop.</summary>
    public ulong Revocations { get; }

    /// <summary>Gets how often the guest was stopped by force.</summary>
    public ulong ForcedStops { get; }

    /// <summary>Gets how long the guest owned the device, in ownerships that ended.</summary>
    public TimeSpan Owned { get; }

    /// <summary>Gets how long the guest waited for the grants it got.</summary>
    public TimeSpan Waited { get; }

    /// <summary>Gets how many frames were parked for the guest.</summary>
    public ulong RxParked { get; }

    /// <summary>Gets how many frames for the guest were dropped.</summary>
    public ulong RxDropped { get; }

    private static TimeSpan Span(ulong nanoseconds) => new((long)(nanoseconds / TimeSpan.NanosecondsPerTick));
}
