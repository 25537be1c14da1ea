using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Iommu;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds the bounds of the fault log: a guest that faults without end costs a ring and a count.</summary>
[TestFixture]
internal sealed class FaultLogTests
{
    [Test]
    public void AnEmptyLogHasNothing()
    {
        FaultLog log = new();
        Assert.That(log.Newest(), Is.Empty);
        Assert.That(log.CountOf(new DomainId(1)), Is.Zero);
    }

    [TestCase(1, 1)]
    [TestCase(255, 255)]
    [TestCase(256, 256)]
    [TestCase(257, 256)]
    [TestCase(1000, 256)]
    public void TheNewest256AreKeptOldestFirst(int faults, int kept)
    {
        FaultLog log = new();
        for (int i = 0; i < faults; i++)
            log.Add(FaultOf(1, i));
        IEnumerable<IommuFault> expected = Enumerable.Range(faults - kept, kept).Select(i => FaultOf(1, i));
        Assert.That(log.Newest(), Is.EqualTo(expected));
        Assert.That(log.CountOf(new DomainId(1)), Is.EqualTo((ulong)faults));
    }

    [Test]
    public void EachGuestIsCountedByItself()
    {
        FaultLog log = new();
        log.Add(FaultOf(1, 0));
        log.Add(FaultOf(1024, 1));
        log.Add(FaultOf(1024, 2));
        Assert.That(log.CountOf(new DomainId(1)), Is.EqualTo(1));
        Assert.That(log.CountOf(new DomainId(1024)), Is.EqualTo(2));
        Assert.That(log.CountOf(new DomainId(2)), Is.Zero);
    }

    private static IommuFault FaultOf(ushort guest, int number) =>
        new(new DomainId(guest), new Iova((ulong)number), 1, DmaAccess.Write);
}
