using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>What messages call a link type.</summary>
internal sealed class LinkTypeTests
{
    [TestCase(1, "Ethernet (1)")]
    [TestCase(113, "Linux cooked (113)")]
    [TestCase(101, "raw IP (101)")]
    [TestCase(4711, "link type 4711")]
    public void ALinkTypeIsDescribedWithItsNumber(int linkType, string description) =>
        Assert.That(LinkType.Describe((ushort)linkType), Is.EqualTo(description));
}
