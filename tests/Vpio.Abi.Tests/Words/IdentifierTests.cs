using Vpio.Abi.Network;

namespace Vpio.Abi.Tests.Words;

/// <summary>Holds what the one-word types accept, and how they read in a message.</summary>
[TestFixture]
internal sealed class IdentifierTests
{
    [Test]
    public void ADomainIdIsValidBelowTheReservedRange()
    {
        for (int value = 0; value <= ushort.MaxValue; value++)
            Assert.That(new DomainId((ushort)value).IsValid, Is.EqualTo(value < 0x7FF0), $"0x{value:x4}");
    }

    [Test]
    public void NoDomainIsCalled7FF4() => Assert.That(
        (DomainId.Invalid.Value, DomainId.InvalidValue, DomainId.FirstReserved), Is.EqualTo((0x7FF4, 0x7FF4, 0x7FF0)));

    [Test]
    public void ADeviceIndexNamesASlotFrom0To62()
    {
        uint[] valid = [0, 1, 62];
        uint[] invalid = [63, 64, 255, 256, 0x7FFF_FFFF, 0x8000_0000, uint.MaxValue];
        Assert.That(valid.Select(value => new DeviceIndex(value).IsValid), Has.All.True);
        Assert.That(invalid.Select(value => new DeviceIndex(value).IsValid), Has.All.False);
    }

    [Test]
    public void AGenerationDropsWhatIsWiderThanFortyBits()
    {
        Assert.That(Generation.Mask, Is.EqualTo(0xFF_FFFF_FFFF));
        Assert.That(new Generation(ulong.MaxValue).Value, Is.EqualTo(0xFF_FFFF_FFFF));
        Assert.That(new Generation(1UL << 40).Value, Is.Zero);
        Assert.That(new Generation(41).Next.Value, Is.EqualTo(42));
    }

    [Test]
    public void AnIovaMovesUpAndWrapsAt64Bits()
    {
        Assert.That((new Iova(0x1000) + 0x20).Value, Is.EqualTo(0x1020));
        Assert.That((new Iova(ulong.MaxValue) + 2).Value, Is.EqualTo(1));
    }

    [Test]
    public void AMacAddressKeepsItsBytesInMemoryOrderInTheLow48Bits()
    {
        MacAddress address = new(0xABCD_0605_0403_0202);
        Assert.That(address.Value, Is.EqualTo(0x0605_0403_0202));
        Assert.That(address.ToString(), Is.EqualTo("02:02:03:04:05:06"));
        Assert.That(address == new MacAddress(0x0605_0403_0202));
    }

    [Test]
    public void AGroupAddressHasTheLowestBitOfItsFirstByteSet()
    {
        Assert.That(MacAddress.Broadcast.ToString(), Is.EqualTo("ff:ff:ff:ff:ff:ff"));
        Assert.That(MacAddress.Broadcast.IsGroup);
        Assert.That(new MacAddress(0x01).IsGroup);
        Assert.That(new MacAddress(0x0100_0000_0002).IsGroup, Is.False, "only the first byte counts");
        Assert.That(default(MacAddress).ToString(), Is.EqualTo("00:00:00:00:00:00"));
    }

    [Test]
    public void IdentifiersReadAsPeopleCallThem() => Assert.That(
        $"{new DomainId(3)}, {DomainId.Invalid}, {new DeviceIndex(5)}, {new Generation(7)}, {new Iova(0x1000)}",
        Is.EqualTo("d3, none, device 5, #7, iova 0x1000"));

    [Test]
    public void IdentifiersAreEqualByTheirNumber()
    {
        AssertEquality(new DomainId(1), new DomainId(1), new DomainId(2), (a, b) => a == b, (a, b) => a != b);
        AssertEquality(new DeviceIndex(1), new DeviceIndex(1), new DeviceIndex(2), (a, b) => a == b, (a, b) => a != b);
        AssertEquality(new Generation(1), new Generation(1), new Generation(2), (a, b) => a == b, (a, b) => a != b);
        AssertEquality(new Iova(1), new Iova(1), new Iova(2), (a, b) => a == b, (a, b) => a != b);
        AssertEquality(new MacAddress(1), new MacAddress(1), new MacAddress(2), (a, b) => a == b, (a, b) => a != b);
    }

    private static void AssertEquality<T>(T one, T same, T other, Func<T, T, bool> equal, Func<T, T, bool> different)
        where T : struct, IEquatable<T>
    {
        Assert.That(equal(one, same) && !different(one, same) && one.Equals(same) && one.Equals((object)same), $"{one} is itself");
        Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(!equal(one, other) && different(one, other) && !one.Equals(other) && !one.Equals((object)other), $"{one} is not {other}");
        Assert.That(one.Equals(new object()), Is.False);
    }
}
