using System.IO.Compression;
using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>Files that do not begin as a capture does, and what their user is told to do.</summary>
internal sealed class RefusedFileTests
{
    [Test]
    public void AnEmptyFileIsCalledEmpty()
    {
        CaptureFormatException failure = Reading.Failure([]);
        Assert.That(failure.Fault, Is.EqualTo(CaptureFault.Empty));
        Assert.That(failure.Message, Does.Contain("is empty"));
    }

    [Test]
    public void AHeaderCutAnywhereIsCalledCut()
    {
        byte[] classic = new ClassicFile().ToArray(), blocks = new BlockFile(big: true).Section().ToArray();
        foreach (byte[] whole in new[] { classic, blocks })
        {
            for (int length = 1; length < whole.Length; length++)
                Assert.That(Reading.Failure(whole[..length]).Fault, Is.EqualTo(CaptureFault.Truncated), $"at {length}");
        }
    }

    [TestCase(0xA1B2CD34, "Kuznetzov")]
    [TestCase(0xA12B3C4D, "Navtel")]
    [TestCase(0x1C0001AB, "Ixia")]
    [TestCase(0x1C0001AC, "Ixia")]
    public void ARelativeOfPcapIsNamedInBothByteOrders(long magic, string kind)
    {
        foreach (bool big in new[] { false, true })
        {
            CaptureFormatException failure = Reading.Failure(new ClassicFile(big, magic).ToArray());
            Assert.That(failure.Fault, Is.EqualTo(CaptureFault.Unsupported));
            Assert.That(failure.Message, Does.Contain(kind).And.Contain("editcap"));
        }
    }

    [Test]
    public void AGzippedCaptureIsToBeUnpacked()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new ClassicFile().ToArray());
        CaptureFormatException failure = Reading.Failure(packed.ToArray());
        Assert.That(failure.Fault, Is.EqualTo(CaptureFault.UnknownFormat));
        Assert.That(failure.Message, Does.Contain("gzip").And.Contain("unpack"));
    }

    [TestCase("28B52FFD00000000", "zstd")]
    [TestCase("FD377A585A000000", "xz")]
    [TestCase("504B030414000000", "zip")]
    [TestCase("425A683931415926", "bzip2")]
    [TestCase("04224D1864400000", "lz4")]
    [TestCase("736E6F6F70000000", "snoop")]
    [TestCase("474D425500000000", "Network Monitor")]
    [TestCase("0000000000000000", "zeros")]
    [TestCase("7F454C4602010100", "no capture format")]
    [TestCase("31373A30303A3031", "text")]
    [TestCase("0D0A0D0A", "text")]
    [TestCase("76657273696F6E2068747470733A2F2F", "Git LFS")]
    public void AForeignFileIsNamed(string start, string kind)
    {
        CaptureFormatException failure = Reading.Failure(Convert.FromHexString(start));
        Assert.That(failure.Fault, Is.EqualTo(CaptureFault.UnknownFormat).Or.EqualTo(CaptureFault.Unsupported));
        Assert.That(failure.Message, Does.Contain(kind).And.Contain(start[..8]));
    }

    [TestCase(1, 4)]
    [TestCase(3, 0)]
    [TestCase(543, 0)]
    public void AnotherClassicVersionIsUnsupported(int major, int minor)
    {
        CaptureFormatException failure = Reading.Failure(new ClassicFile(major: major, minor: minor).ToArray());
        Assert.That(failure.Fault, Is.EqualTo(CaptureFault.Unsupported));
        Assert.That(failure.Message, Does.Contain($"version {major}.{minor}"));
    }

    [Test]
    public void AnotherBlockVersionIsUnsupported() =>
        Assert.That(Reading.Failure(new BlockFile().Section(major: 2).ToArray()).Fault, Is.EqualTo(CaptureFault.Unsupported));

    [TestCase(false)]
    [TestCase(true)]
    public void ARefusedFileIsClosedUnlessItsCallerKeepsIt(bool leaveOpen)
    {
        var stream = new Reading.Trickle([]);
        Assert.Throws<CaptureFormatException>(() => CaptureReader.Open(stream, "test.pcap", leaveOpen));
        Assert.That(stream.Closed, Is.Not.EqualTo(leaveOpen));
    }
}
