using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>What is written is read again, byte by byte, and writing costs no memory.</summary>
internal sealed class CaptureWriterTests
{
    private const long Now = 1_700_000_000_123_456_789;

    [TestCase(TimestampUnit.Nanoseconds, ClassicFile.Nanosecond, 123_456_789)]
    [TestCase(TimestampUnit.Microseconds, ClassicFile.Microsecond, 123_456)]
    public void TheBytesAreThoseOfTheFormat(TimestampUnit unit, long magic, long fraction)
    {
        var written = new MemoryStream();
        using (var writer = new CaptureWriter(written, unit))
            writer.Write([1, 2, 3], Now);

        byte[] expected = new FileBuilder(big: false).U32(magic).U16(2).U16(4).U32(0).U32(0).U32(262_144).U32(1)
            .U32(1_700_000_000).U32(fraction).U32(3).U32(3).Raw(1, 2, 3).ToArray();
        Assert.That(written.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void WhatIsWrittenIsReadAgain()
    {
        byte[][] frames = [[], .. Enumerable.Range(1, 300).Select(i => Reading.Frame(i * 5 % 1515, i)), Reading.Frame(65_536), Reading.Frame(CaptureWriter.MaxFrameBytes), [1]];
        var written = new MemoryStream();
        using (var writer = new CaptureWriter(written, linkType: LinkType.RawIp))
        {
            for (int i = 0; i < frames.Length; i++)
                writer.Write(frames[i], Now + i);
            Assert.That(writer.FramesWritten, Is.EqualTo(frames.Length));
        }

        List<Reading.Kept> read = Reading.All(written.ToArray());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Select(f => Convert.ToHexString(f.Bytes)), Is.EqualTo(frames.Select(Convert.ToHexString)));
            Assert.That(read.Select(f => f.TimestampNs), Is.EqualTo(frames.Select((_, i) => Now + i)));
            Assert.That(read.Select(f => f.LinkType), Is.All.EqualTo(LinkType.RawIp));
        }
    }

    [Test]
    public void AFileWithoutFramesIsWhole()
    {
        var written = new MemoryStream();
        new CaptureWriter(written).Dispose();
        Assert.That(Reading.All(written.ToArray()), Is.Empty);
    }

    [Test]
    public void AWriteAllocatesNothing()
    {
        byte[] frame = Reading.Frame(1514), large = Reading.Frame(100_000);
        using var writer = new CaptureWriter(Stream.Null);
        WriteMany(writer, frame, large);
        long before = GC.GetAllocatedBytesForCurrentThread();
        WriteMany(writer, frame, large);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void AFlushHandsOverEveryWholeRecord()
    {
        var written = new MemoryStream();
        using var writer = new CaptureWriter(written);
        writer.Write([1, 2, 3], Now);
        Assert.That(written.Length, Is.Zero);
        writer.Flush();
        Assert.That(Reading.All(written.ToArray()), Has.Count.EqualTo(1));
    }

    [Test]
    public void ARefusedFrameLeavesTheFileWhole()
    {
        var written = new MemoryStream();
        using (var writer = new CaptureWriter(written))
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(new byte[CaptureWriter.MaxFrameBytes + 1], Now));
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write([1], -1));
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write([1], (uint.MaxValue + 1L) * 1_000_000_000));
            writer.Write([2], 0);
        }

        Assert.That(Reading.All(written.ToArray()).Single().Bytes, Is.EqualTo(new byte[] { 2 }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void TheStreamIsClosedUnlessItsCallerKeepsIt(bool leaveOpen)
    {
        var written = new MemoryStream();
        var writer = new CaptureWriter(written, leaveOpen: leaveOpen);
        writer.Dispose();
        writer.Dispose();
        Assert.That(written.CanWrite, Is.EqualTo(leaveOpen));
        Assert.Throws<ObjectDisposedException>(() => writer.Write([1], 0));
    }

    private static void WriteMany(CaptureWriter writer, byte[] frame, byte[] large)
    {
        for (int i = 0; i < 1000; i++)
            writer.Write(frame, i);
        writer.Write(large, 1);
        writer.Flush();
    }
}
