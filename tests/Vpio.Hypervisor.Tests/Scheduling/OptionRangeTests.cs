using Vpio.Abi;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Tests.Scheduling;

/// <summary>Holds the ranges of the options.</summary>
[TestFixture]
internal sealed class OptionRangeTests
{
    private static readonly TimeSpan[] Outside =
        [TimeSpan.MinValue, -TimeSpan.FromMilliseconds(10), TimeSpan.Zero, TimeSpan.FromMicroseconds(99.9), TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1), TimeSpan.MaxValue];

    private static readonly TimeSpan[] Borders = [TimeSpan.FromMicroseconds(100), TimeSpan.FromSeconds(1)];

    [Test]
    public void ASliceOutsideItsRangeIsRefused([ValueSource(nameof(Outside))] TimeSpan slice) => Assert.That(
        () => new ReferenceHypervisor(new HypervisorOptions { Slice = slice }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Slice").And.Message.Contains("100 µs to 1 s"));

    [Test]
    public void AGraceOutsideItsRangeIsRefused([ValueSource(nameof(Outside))] TimeSpan grace) => Assert.That(
        () => new ReferenceHypervisor(new HypervisorOptions { Grace = grace }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Grace"));

    [Test]
    public void TheBordersAreWithinTheRange([ValueSource(nameof(Borders))] TimeSpan border)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = border, Grace = border });
        Assert.That(hypervisor.AddGuest().State, Is.EqualTo(GuestState.Running));
    }

    [Test]
    public void AGuestMayLoseDevicesAsOftenAsCanBeCounted()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { QuarantineAfter = int.MaxValue });
        Assert.That(hypervisor.AddGuest().State, Is.EqualTo(GuestState.Running));
    }

    [TestCase(int.MinValue)]
    [TestCase(-4096)]
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4095)]
    [TestCase(4097)]
    public void GuestMemoryIsWholePagesAtLeastOne(int bytes) => Assert.That(
        () => new ReferenceHypervisor(new HypervisorOptions { GuestMemoryBytes = bytes }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("GuestMemoryBytes"));

    [Test]
    public void OnePageOfGuestMemoryIsEnough()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { GuestMemoryBytes = 4096 });
        GuestMemory memory = hypervisor.AddGuest().Port.Memory;
        Assert.That(memory.LengthBytes, Is.EqualTo(4096));
    }

    [Test]
    public void NoTimeProviderIsRefused() => Assert.That(
        () => new ReferenceHypervisor(new HypervisorOptions { TimeProvider = null! }), Throws.ArgumentNullException);
}
