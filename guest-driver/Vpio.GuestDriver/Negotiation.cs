using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Is what a guest and its hypervisor agreed on.</summary>
/// <param name="Guest">The domain id of the guest.</param>
/// <param name="Epoch">The epoch of the hypervisor.</param>
/// <param name="Minor">The minor version in force.</param>
/// <param name="Features">The features that are on.</param>
/// <remarks>Source: <c>docs/abi.md</c>, "Versions", "Features", "Compatible growth".</remarks>
internal readonly record struct Negotiation(DomainId Guest, ulong Epoch, ushort Minor, ulong Features)
{
    /// <summary>Checks the pages of a port, and agrees on a version.</summary>
    /// <param name="port">The port.</param>
    /// <returns>What was agreed on.</returns>
    internal static Negotiation Make(IHypercallPort port)
    {
        CheckDevicePage(in port.DevicePage.Header);
        CheckGuestPage(in port.GuestPage.Header);

        NegotiateArgs args = new() { Major = VpioVersion.Major, Minor = VpioVersion.Minor, Features = VpioVersion.Features };
        DeviceStatus status = DeviceCall.Make(port, ref args);
        DomainId guest = new(port.GuestPage.Header.DomainId);
        if (status == DeviceStatus.Denied)
            throw new GuestStoppedException(nameof(DeviceOp.Negotiate), guest);
        if (status != DeviceStatus.Ok)
            throw new DeviceCallException(DeviceOp.Negotiate, status, $"version {VpioVersion.Major}.{VpioVersion.Minor}");

        Require(args.AgreedMajor == VpioVersion.Major, "negotiation", "major version", args.AgreedMajor, VpioVersion.Major);
        Require(args.AgreedMinor <= VpioVersion.Minor, "negotiation", "minor version", args.AgreedMinor, VpioVersion.Minor);
        Require(args.DomainId == guest.Value, "guest page", "domain id", guest.Value, args.DomainId);
        Require(port.DevicePage.Header.Epoch == args.Epoch, "device page", "epoch", port.DevicePage.Header.Epoch, args.Epoch);
        Require(port.GuestPage.Header.Epoch == args.Epoch, "guest page", "epoch", port.GuestPage.Header.Epoch, args.Epoch);

        // The hypervisor turns on what was asked for and nothing else; a bit beyond that has no meaning here.
        return new Negotiation(guest, args.Epoch, args.AgreedMinor, args.AgreedFeatures & VpioVersion.Features);
    }

    /// <summary>Gets the epoch that a port shows now.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The epoch.</returns>
    internal static ulong EpochOf(IHypercallPort port) => Volatile.Read(in port.DevicePage.Header.Epoch);

    /// <summary>Refuses to go on with a hypervisor that was started anew.</summary>
    /// <param name="port">The port.</param>
    /// <param name="operation">What is to be done.</param>
    /// <exception cref="HypervisorRestartedException">It was.</exception>
    internal void ThrowIfStale(IHypercallPort port, DeviceOp operation)
    {
        ulong found = EpochOf(port);
        if (found != Epoch)
            throw new HypervisorRestartedException(operation, Guest, Epoch, found);
    }

    private static void CheckDevicePage(in DevicePageHeader header)
    {
        Require(header.Magic == DevicePageHeader.MagicValue, "device page", "magic", header.Magic, DevicePageHeader.MagicValue);
        Require(header.Major == VpioVersion.Major, "device page", "major version", header.Major, VpioVersion.Major);
        Require(header.PageSizeBytes == DevicePage.Size, "device page", "page size", header.PageSizeBytes, DevicePage.Size);
        Require(header.SlotSizeBytes == DeviceSlot.Size, "device page", "slot size", header.SlotSizeBytes, DeviceSlot.Size);
        Require(header.SlotCount == DevicePage.SlotCount, "device page", "slot count", header.SlotCount, DevicePage.SlotCount);
    }

    private static void CheckGuestPage(in GuestPageHeader header)
    {
        Require(header.Magic == GuestPageHeader.MagicValue, "guest page", "magic", header.Magic, GuestPageHeader.MagicValue);
        Require(header.Major == VpioVersion.Major, "guest page", "major version", header.Major, VpioVersion.Major);
    }

    private static void Require(bool holds, string page, string field, ulong found, ulong expected)
    {
        if (!holds)
            throw new PageProtocolException($"The {field} of the {page} is 0x{found:x}, and not 0x{expected:x}: this is no page of ABI {VpioVersion.Major}, or not this guest's.");
    }
}
