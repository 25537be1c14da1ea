using Vpio.Abi;

namespace Vpio.Conformance;

/// <summary>Names what a guest can reach by loads and stores.</summary>
public enum GuestSpaceKind
{
    /// <summary>The device page.</summary>
    DevicePage,

    /// <summary>The guest's own page.</summary>
    GuestPage,

    /// <summary>The guest's memory, which devices can be let into.</summary>
    Memory,

    /// <summary>The guest's register window of a device.</summary>
    Registers,
}

/// <summary>Says where in a guest's reach an access goes.</summary>
/// <param name="Kind">What is accessed.</param>
/// <param name="Device">Whose registers, for <see cref="GuestSpaceKind.Registers"/>.</param>
public readonly record struct GuestSpace(GuestSpaceKind Kind, DeviceIndex Device)
{
    /// <summary>Gets the device page.</summary>
    public static GuestSpace DevicePage => new(GuestSpaceKind.DevicePage, default);

    /// <summary>Gets the guest's own page.</summary>
    public static GuestSpace GuestPage => new(GuestSpaceKind.GuestPage, default);

    /// <summary>Gets the guest's memory.</summary>
    public static GuestSpace Memory => new(GuestSpaceKind.Memory, default);

    /// <summary>Names the registers of a device.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The guest's window of it.</returns>
    public static GuestSpace Registers(DeviceIndex device) => new(GuestSpaceKind.Registers, device);
}
