using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Iommu;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds the translation against a model that keeps every page by itself (docs/abi.md, "DMA").</summary>
[TestFixture]
internal sealed class IommuDomainTests
{
    private const ulong Page = 4096;
    private const int Pages = 48;

    private static readonly DmaAccess[] Accesses = [DmaAccess.Read, DmaAccess.Write, DmaAccess.ReadWrite];

    /// <summary>Gets the lowest, a middle, and the highest addresses: the very last page can be no mapping, its end would wrap.</summary>
    private static readonly ulong[] Bases = [0, 0x7FFF_FFFF_FFFF_0000, ulong.MaxValue - ((Pages + 1) * Page) + 1];

    [Test]
    public void TheDomainTranslatesAsAListOfPagesWould([ValueSource(nameof(Bases))] ulong start)
    {
        Random random = new(start.GetHashCode());
        FaultLog faults = new();
        IommuDomain domain = new(new DomainId(1), faults);
        List<IommuMapping> model = [];
        ulong blocked = 0;
        for (int step = 0; step < 20_000; step++)
        {
            switch (random.Next(6))
            {
                case 0:
                    Map(domain, model, RandomMapping(random, start));
                    break;
                case 1:
                    Unmap(domain, model, random, start);
                    break;
                default:
                    blocked += Translate(domain, model, random, start) ? 0u : 1u;
                    break;
            }
        }

        Assert.That(domain.Faults, Is.EqualTo(blocked));
        Assert.That(faults.Newest(), Has.Count.EqualTo(256));
    }

    [Test]
    public void AClearedDomainTranslatesNothing()
    {
        IommuDomain domain = new(new DomainId(1), new FaultLog());
        domain.Map(new IommuMapping(0, 0, Page, DmaAccess.ReadWrite));
        domain.Clear();
        Assert.That(domain.TryTranslate(0, 1, DmaAccess.Read, out _), Is.False);
        Assert.That(domain.Map(new IommuMapping(0, 0, Page, DmaAccess.ReadWrite)), Is.EqualTo(DeviceStatus.Ok));
    }

    [Test]
    public void ABlockedAccessIsLoggedAsItWas()
    {
        FaultLog faults = new();
        IommuDomain domain = new(new DomainId(7), faults);
        Assert.That(domain.TryTranslate(ulong.MaxValue, uint.MaxValue, DmaAccess.Write, out long offset), Is.False);
        Assert.That(offset, Is.Zero);
        Assert.That(faults.Newest(), Is.EqualTo(new[] { new IommuFault(new DomainId(7), new Iova(ulong.MaxValue), uint.MaxValue, DmaAccess.Write) }));
    }

    private static void Map(IommuDomain domain, List<IommuMapping> model, IommuMapping mapping)
    {
        bool overlaps = model.Any(other => mapping.Iova < other.End && other.Iova < mapping.End);
        Assert.That(domain.Map(mapping), Is.EqualTo(overlaps ? DeviceStatus.Exists : DeviceStatus.Ok), $"{mapping}");
        if (!overlaps)
            model.Add(mapping);
    }

    private static void Unmap(IommuDomain domain, List<IommuMapping> model, Random random, ulong start)
    {
        // Half of the time one that is there, else any range: a part of one, two together, nothing.
        IommuMapping range = model.Count > 0 && random.Next(2) == 0 ? model[random.Next(model.Count)] : RandomMapping(random, start);
        int place = model.FindIndex(other => other.Iova == range.Iova && other.Length == range.Length);
        Assert.That(domain.Unmap(range.Iova, range.Length), Is.EqualTo(place < 0 ? DeviceStatus.NotFound : DeviceStatus.Ok), $"{range}");
        if (place >= 0)
            model.RemoveAt(place);
    }

    private static bool Translate(IommuDomain domain, List<IommuMapping> model, Random random, ulong start)
    {
        ulong iova = start + (ulong)random.NextInt64(Pages * (long)Page);
        uint length = random.Next(8) == 0 ? uint.MaxValue - (uint)random.Next(4) : (uint)random.Next(1, 3 * (int)Page);
        DmaAccess access = Accesses[random.Next(Accesses.Length)];
        IommuMapping? around = model
            .Where(other => iova >= other.Iova && (UInt128)iova + length <= other.End && (other.Access & access) == access)
            .Cast<IommuMapping?>()
            .SingleOrDefault();
        Assert.That(domain.TryTranslate(iova, length, access, out long offset), Is.EqualTo(around is not null), $"0x{iova:x} + {length} {access}");
        Assert.That(offset, Is.EqualTo(around is { } mapping ? mapping.Offset + (long)(iova - mapping.Iova) : 0));
        return around is not null;
    }

    private static IommuMapping RandomMapping(Random random, ulong start)
    {
        int pages = random.Next(1, 7);
        ulong iova = start + ((ulong)random.Next(Pages - pages + 1) * Page);
        return new IommuMapping(iova, random.Next(64) * (long)Page, (ulong)pages * Page, Accesses[random.Next(Accesses.Length)]);
    }
}
