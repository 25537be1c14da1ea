using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves DMA memory: where it lies, what the device may do there, and that it comes back; DEVOP_map and DEVOP_unmap.</summary>
internal sealed class DmaMemoryTests : FakeGuestFixture
{
    [Test]
    public void MemoryIsMappedInWholePagesFourGibibytesUp()
    {
        using DmaMemory first = Domain.AllocateDma(1, DmaAccess.Read);
        using DmaMemory second = Domain.AllocateDma(4097, DmaAccess.ReadWrite);
        Assert.That((first.Iova, first.LengthBytes), Is.EqualTo((new Iova(0x1_0000_0000), 4096L)));
        Assert.That((second.Iova, second.LengthBytes), Is.EqualTo((new Iova(0x1_0000_1000), 8192L)));
        Assert.That(Port.Maps.Select(map => (map.Address, map.Length, (DmaAccess)map.Access)), Is.EqualTo(new[] { (0UL, 4096UL, DmaAccess.Read), (4096UL, 8192UL, DmaAccess.ReadWrite) }));
    }

    [Test]
    public void MemoryGivenBackIsUnmappedAndGivenOutAgainZeroed()
    {
        DmaMemory first = Domain.AllocateDma(4096, DmaAccess.Read);
        using DmaMemory second = Domain.AllocateDma(4096, DmaAccess.Read);
        first.AsSpan(0, 4096).Fill(0xAA);
        first.Dispose();
        first.Dispose();
        Assert.That(Port.Maps, Has.Count.EqualTo(1));
        using DmaMemory third = Domain.AllocateDma(4096, DmaAccess.Read);
        Assert.That((third.Iova, third.AsSpan(0, 4096).ContainsAnyExcept((byte)0)), Is.EqualTo((new Iova(0x1_0000_0000), false)));
    }

    [Test]
    public void AccessOutsideOfTheMemoryIsRefused()
    {
        using DmaMemory memory = Domain.AllocateDma(4096, DmaAccess.Read);
        Assert.That(() => memory.AsSpan(4095, 2).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.AsSpan(-1, 1).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.AsSpan(0, -1).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.AsSpan(long.MaxValue, 1).Length, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.At<ulong>(4096), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.At<ulong>(4), Throws.TypeOf<ArgumentOutOfRangeException>());
        memory.At<ulong>(4088) = 1;
    }

    [Test]
    public void DisposedMemoryIsRefused()
    {
        DmaMemory memory = Domain.AllocateDma(4096, DmaAccess.Read);
        memory.Dispose();
        Assert.That(() => memory.AsSpan(0, 1).Length, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void MemoryThatIsNotThereIsRefused()
    {
        Assert.That(() => Domain.AllocateDma(8 << 20, DmaAccess.Read), Throws.TypeOf<ArgumentOutOfRangeException>());
        using DmaMemory most = Domain.AllocateDma(3 << 20, DmaAccess.Read);
        Assert.That(() => Domain.AllocateDma(2 << 20, DmaAccess.Read), Throws.TypeOf<InsufficientMemoryException>());
    }

    [Test]
    public void ARefusedMappingTakesNoMemory()
    {
        Port.MapStatus = DeviceStatus.NoMemory;
        Assert.That(() => Domain.AllocateDma(4096, DmaAccess.Read), Throws.TypeOf<DeviceCallException>());
        Port.MapStatus = DeviceStatus.Ok;
        using DmaMemory memory = Domain.AllocateDma(4096, DmaAccess.Read);
        Assert.That(memory.Iova, Is.EqualTo(new Iova(0x1_0000_0000)));
    }
}
