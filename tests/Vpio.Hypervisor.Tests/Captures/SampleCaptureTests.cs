using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>The sample that comes with the tool: real traffic, fit for a simulated device.</summary>
internal sealed class SampleCaptureTests
{
    private const int EthernetHeaderBytes = 14;
    private const int LongestFrame = 1514;

    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "Captures", "sample.pcap");

    [Test]
    public void TheSampleIsWholeEthernetTraffic()
    {
        List<Reading.Kept> frames = Reading.All(File.OpenRead(Sample));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(frames, Has.Count.GreaterThan(150));
            Assert.That(frames.Select(f => f.LinkType), Is.All.EqualTo(LinkType.Ethernet));
            Assert.That(frames.Select(f => f.Bytes.Length), Is.All.InRange(EthernetHeaderBytes, LongestFrame));
            Assert.That(frames.All(f => f.OriginalLength == f.Bytes.Length), "a frame was cut");
            Assert.That(frames.Select(f => f.TimestampNs), Is.Ordered);
            Assert.That(frames.Max(f => f.Bytes.Length), Is.EqualTo(LongestFrame), "the downloads fill their frames");
        }
    }

    [Test]
    public void TheSampleHasSeveralSendersAllLocal()
    {
        string[] senders = [.. Reading.All(File.OpenRead(Sample)).Select(f => Convert.ToHexString(f.Bytes, 6, 6)).Distinct()];
        Assert.That(senders, Has.Length.GreaterThanOrEqualTo(2));
        Assert.That(senders, Is.All.StartsWith("02"));
    }

    [Test]
    public void TheSampleIsSmall() => Assert.That(new FileInfo(Sample).Length, Is.LessThan(200_000));

    [Test]
    public void ReadingAllocatesNothingPerFrame()
    {
        byte[] file = File.ReadAllBytes(Sample);
        ReadThrough(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadThrough(file);

        // The reader itself: its window, its buffer and itself.
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(80_000));
    }

    private static void ReadThrough(byte[] file)
    {
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "sample.pcap");
        while (reader.TryReadNext(out _))
        {
        }
    }
}
