using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>Classic files: draft-ietf-opsawg-pcap, sections 4 and 5.</summary>
internal sealed class ClassicReadingTests
{
    [TestCase(false, ClassicFile.Microsecond, 5_000_007_000)]
    [TestCase(true, ClassicFile.Microsecond, 5_000_007_000)]
    [TestCase(false, ClassicFile.Nanosecond, 5_000_000_007)]
    [TestCase(true, ClassicFile.Nanosecond, 5_000_000_007)]
    public void EveryByteOrderAndResolutionReadsTheSame(bool big, long magic, long timestampNs)
    {
        byte[] first = Reading.Frame(60), second = Reading.Frame(1514, 2);
        byte[] file = new ClassicFile(big, magic).Record(5, 7, first).Record(5, 7, second, original: 9000).ToArray();

        List<Reading.Kept> frames = Reading.All(file);

        Assert.That(frames, Has.Count.EqualTo(2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(frames[0].Bytes, Is.EqualTo(first));
            Assert.That(frames[1].Bytes, Is.EqualTo(second));
            Assert.That(frames.Select(f => f.OriginalLength), Is.EqualTo(new long[] { 60, 9000 }));
            Assert.That(frames.Select(f => f.TimestampNs), Is.All.EqualTo(timestampNs));
            Assert.That(frames.Select(f => f.LinkType), Is.All.EqualTo(LinkType.Ethernet));
            Assert.That(frames.Select(f => f.Interface), Is.All.Zero);
            Assert.That(frames.Select(f => f.Record), Is.EqualTo(new long[] { 1, 2 }));
        }
    }

    [Test]
    public void TheLatestTimeOfTheFormatFits()
    {
        byte[] file = new ClassicFile().Record(uint.MaxValue, uint.MaxValue, []).ToArray();
        Assert.That(Reading.All(file)[0].TimestampNs, Is.EqualTo((uint.MaxValue * 1_000_000_000L) + (uint.MaxValue * 1000L)));
    }

    [Test]
    public void TheFlagsAboveTheLinkTypeAreNoPartOfIt()
    {
        byte[] file = new ClassicFile(network: 0x2400_0071).Record(0, 0, [1]).ToArray();
        Assert.That(Reading.All(file)[0].LinkType, Is.EqualTo(LinkType.LinuxCooked));
    }

    [Test]
    public void AFrameIsNeverLongerThanItsOriginal()
    {
        byte[] file = new ClassicFile().Record(0, 0, Reading.Frame(64), original: 10).ToArray();
        Assert.That(Reading.All(file)[0].OriginalLength, Is.EqualTo(64));
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(3)]
    public void OldVersionsPutTheOriginalLengthFirst(int minor)
    {
        byte[] file = new ClassicFile(minor: minor).Record(0, 0, Reading.Frame(64), captured: 100, original: 64).ToArray();
        Reading.Kept frame = Reading.All(file).Single();
        Assert.That((frame.Bytes.Length, frame.OriginalLength), Is.EqualTo((64, 100L)));
    }

    [Test]
    public void AHeaderAloneIsACaptureWithoutFrames() => Assert.That(Reading.All(new ClassicFile().ToArray()), Is.Empty);

    [Test]
    public void ARecordMayBeAsLongAsTheLimit()
    {
        byte[] longest = Reading.Frame(CaptureReader.MaxRecordBytes);
        byte[] file = new ClassicFile().Record(0, 0, longest).Record(0, 0, [7]).ToArray();
        List<Reading.Kept> frames = Reading.All(file);
        Assert.That(frames[0].Bytes, Is.EqualTo(longest));
        Assert.That(frames[1].Bytes, Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public void ASlowPipeReadsAsAFileDoes()
    {
        byte[] file = new ClassicFile(big: true).Record(1, 2, Reading.Frame(300)).Record(3, 4, Reading.Frame(5)).ToArray();
        List<Reading.Kept> piped = Reading.All(new Reading.Trickle(file));
        Assert.That(piped.Select(f => Convert.ToHexString(f.Bytes)), Is.EqualTo(Reading.All(file).Select(f => Convert.ToHexString(f.Bytes))));
    }
}
