using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>Reads whole files, and keeps each frame's bytes.</summary>
internal static class Reading
{
    internal sealed record Kept(byte[] Bytes, long OriginalLength, long TimestampNs, int Interface, ushort LinkType, long Record);

    internal static List<Kept> All(byte[] file) => All(new MemoryStream(file));

    internal static List<Kept> All(Stream stream)
    {
        using CaptureReader reader = CaptureReader.Open(stream, "test.pcap");
        var frames = new List<Kept>();
        while (reader.TryReadNext(out CapturedFrame f))
            frames.Add(new Kept(f.Bytes.ToArray(), f.OriginalLength, f.TimestampNs, f.InterfaceIndex, f.LinkType, f.RecordNumber));
        Assert.That(reader.FramesRead, Is.EqualTo(frames.Count));
        return frames;
    }

    /// <summary>Reads a file that must fail, and holds the message to its form: one sentence that names the file.</summary>
    internal static CaptureFormatException Failure(byte[] file)
    {
        CaptureFormatException failure = Assert.Throws<CaptureFormatException>(() => All(file))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.FileName, Is.EqualTo("test.pcap"));
            Assert.That(failure.Message, Does.StartWith("test.pcap").And.EndWith(".").And.Contains("; ").And.Contains($"byte {failure.ByteOffset}"));
            Assert.That(failure.Message, Does.Not.Contain(". ").And.Not.Contain("\n"));
        }

        return failure;
    }

    internal static byte[] Frame(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Gives one byte at a time and cannot seek, as a slow pipe does.</summary>
    internal sealed class Trickle(byte[] bytes) : Stream
    {
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        internal bool Closed { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_next == bytes.Length || count == 0)
                return 0;
            buffer[offset] = bytes[_next++];
            return 1;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing) => Closed = true;
    }
}
