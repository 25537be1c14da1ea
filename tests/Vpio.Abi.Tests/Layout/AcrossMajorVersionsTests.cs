using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Vpio.Abi.Operations;
using Vpio.Abi.Tests.Views;

namespace Vpio.Abi.Tests.Layout;

/// <summary>Holds what two sides of different major versions need to find that out (docs/abi.md, "Versions"). A new major version changes no number here.</summary>
[TestFixture]
internal sealed class AcrossMajorVersionsTests
{
    [Test]
    public void TheFirstEightBytesOfBothPagesAreMagicMajorAndMinor()
    {
        using PageMemory devices = new();
        (devices.DevicePage.Header.Magic, devices.DevicePage.Header.Major, devices.DevicePage.Header.Minor) = (DevicePageHeader.MagicValue, 0x0201, 0x0403);
        Assert.That(devices.Bytes[..8].ToArray(), Is.EqualTo(new byte[] { (byte)'V', (byte)'P', (byte)'I', (byte)'O', 1, 2, 3, 4 }));

        using PageMemory guest = new();
        (guest.GuestPage.Header.Magic, guest.GuestPage.Header.Major, guest.GuestPage.Header.Minor) = (GuestPageHeader.MagicValue, 0x0201, 0x0403);
        Assert.That(guest.Bytes[..8].ToArray(), Is.EqualTo(new byte[] { (byte)'V', (byte)'P', (byte)'I', (byte)'G', 1, 2, 3, 4 }));
    }

    [Test]
    public void ANegotiationHasItsNumberItsVersionsAndItsRefusal()
    {
        NegotiateArgs args = new() { Major = 0x0201, Minor = 0x0403, AgreedMajor = 0x1211, AgreedMinor = 0x1413 };
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<NegotiateArgs>(in args));
        Assert.That(bytes.Length, Is.EqualTo(128));
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(bytes), Is.EqualTo(0x0403_0201));
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]), Is.EqualTo(0x1413_1211));
        Assert.That(((uint)args.Operation, (int)DeviceStatus.NotSupported), Is.EqualTo((0u, -95)));
    }
}
