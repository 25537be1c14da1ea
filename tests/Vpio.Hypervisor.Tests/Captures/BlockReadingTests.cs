using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>pcapng files: draft-ietf-opsawg-pcapng, sections 3 and 4.</summary>
internal sealed class BlockReadingTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void EveryPacketBlockReadsInBothByteOrders(bool big)
    {
        byte[] data = Reading.Frame(61);
        byte[] file = new BlockFile(big).Section().Interface().Interface(LinkType.RawIp)
            .Enhanced(1, 1_000_007, data, original: 2000).Obsolete(0, 2_000_000, data).Simple(data).ToArray();

        List<Reading.Kept> frames = Reading.All(file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(frames.Select(f => f.Bytes), Is.All.EqualTo(data));
            Assert.That(frames.Select(f => f.OriginalLength), Is.EqualTo(new long[] { 2000, 61, 61 }));
            Assert.That(frames.Select(f => f.TimestampNs), Is.EqualTo(new[] { 1_000_007_000, 2_000_000_000, 2_000_000_000 }));
            Assert.That(frames.Select(f => f.Interface), Is.EqualTo(new[] { 1, 0, 0 }));
            Assert.That(frames.Select(f => f.LinkType), Is.EqualTo(new[] { LinkType.RawIp, LinkType.Ethernet, LinkType.Ethernet }));
            Assert.That(frames.Select(f => f.Record), Is.EqualTo(new long[] { 1, 2, 3 }));
        }
    }

    [TestCase(0, 3ul, 3_000_000_000)]
    [TestCase(3, 3ul, 3_000_000)]
    [TestCase(6, 1_700_000_000_123_456ul, 1_700_000_000_123_456_000)]
    [TestCase(9, 1_700_000_000_123_456_789ul, 1_700_000_000_123_456_789)]
    [TestCase(12, 5_999ul, 5)]
    [TestCase(18, ulong.MaxValue, 18_446_744_073)]
    [TestCase(127, ulong.MaxValue, 0)]
    [TestCase(0x80, 3ul, 3_000_000_000)]
    [TestCase(0x80 | 10, 1536ul, 1_500_000_000)]
    [TestCase(0x80 | 32, 0xC000_0000ul, 750_000_000)]
    [TestCase(0x80 | 64, ulong.MaxValue, 999_999_999)]
    [TestCase(0xFF, ulong.MaxValue, 0)]
    public void ATickIsAsLongAsItsInterfaceSays(int resolution, ulong ticks, long timestampNs)
    {
        foreach (bool big in new[] { false, true })
        {
            byte[] file = new BlockFile(big).Section().Interface(resolution: (byte)resolution).Enhanced(0, ticks, [1]).ToArray();
            Assert.That(Reading.All(file)[0].TimestampNs, Is.EqualTo(timestampNs));
        }
    }

    [TestCase(1_700_000_000, 1_700_000_000_500_000_000)]
    [TestCase(-1, -500_000_000)]
    public void AnOffsetIsAddedToEveryTime(long offset, long timestampNs)
    {
        byte[] file = new BlockFile(big: true).Section().Interface(resolution: 3, offset: offset).Enhanced(0, 500, [1]).ToArray();
        Assert.That(Reading.All(file)[0].TimestampNs, Is.EqualTo(timestampNs));
    }

    [Test]
    public void EverySectionHasItsOwnOrderAndInterfaces()
    {
        byte[] file = new BlockFile().Section().Interface().Interface().Enhanced(1, 1, [1])
            .Section(inOrder: true).Interface(LinkType.RawIp, resolution: 9).Enhanced(0, 2, [2])
            .Section(inOrder: false).Interface().Enhanced(0, 3, [3]).ToArray();

        List<Reading.Kept> frames = Reading.All(file);

        Assert.That(frames.Select(f => (f.Bytes[0], f.Interface, f.LinkType, f.TimestampNs)), Is.EqualTo(new[]
        {
            ((byte)1, 1, LinkType.Ethernet, 1000L), ((byte)2, 2, LinkType.RawIp, 2L), ((byte)3, 3, LinkType.Ethernet, 3000L),
        }));
    }

    [TestCase(4, TestName = "ANameResolutionBlockIsPassedOver")]
    [TestCase(5, TestName = "AStatisticsBlockIsPassedOver")]
    [TestCase(10, TestName = "ASecretsBlockIsPassedOver")]
    [TestCase(0x0BAD, TestName = "ACustomBlockIsPassedOver")]
    [TestCase(0x7FFF_FFFF, TestName = "AnUnknownBlockIsPassedOver")]
    public void ABlockWithoutAFrameIsPassedOver(long type)
    {
        var file = new BlockFile();
        file.Section().Block(type, file.Body()).Interface().Block(type, file.Body().Raw(Reading.Frame(200_000))).Enhanced(0, 1, [9]);
        Assert.That(Reading.All(file.ToArray()).Single().Bytes, Is.EqualTo(new byte[] { 9 }));
    }

    [Test]
    public void ASimplePacketIsCutAtItsInterfacesLimit()
    {
        byte[] data = Reading.Frame(62);
        byte[] file = new BlockFile().Section().Interface(snap: 62).Simple(data, original: 1500).ToArray();
        Reading.Kept frame = Reading.All(file).Single();
        Assert.That(frame.Bytes, Is.EqualTo(data));
        Assert.That((frame.OriginalLength, frame.TimestampNs), Is.EqualTo((1500L, 0L)));
    }

    [Test]
    public void AnInterfaceMayEndWithoutAnEndOfOptions()
    {
        var file = new BlockFile();
        file.Section().Block(1, file.Body().U16(1).U16(0).U32(0)).Block(1, file.Body().U16(1).U16(0).U32(0).U16(9).U16(1).Raw(9, 0, 0, 0));
        Assert.That(Reading.All(file.Enhanced(0, 1, [1]).Enhanced(1, 1, [1]).ToArray()).Select(f => f.TimestampNs), Is.EqualTo(new[] { 1000L, 1L }));
    }

    [Test]
    public void ASectionAloneIsACaptureWithoutFrames() => Assert.That(Reading.All(new BlockFile().Section().ToArray()), Is.Empty);

    [TestCase(false)]
    [TestCase(true)]
    public void ASlowPipeReadsAsAFileDoes(bool big)
    {
        byte[] file = new BlockFile(big).Section().Interface().Block(4, new FileBuilder(big).U32(0)).Enhanced(0, 1, Reading.Frame(77)).Simple([5]).ToArray();
        List<Reading.Kept> piped = Reading.All(new Reading.Trickle(file));
        Assert.That(piped.Select(f => Convert.ToHexString(f.Bytes)), Is.EqualTo(Reading.All(file).Select(f => Convert.ToHexString(f.Bytes))));
    }
}
