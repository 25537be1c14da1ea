using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>Files that begin well: each damage is named, with the record or block and the byte.</summary>
internal sealed class DamagedFileTests
{
    private static readonly byte[] Data = Reading.Frame(60);

    [Test]
    public void ARecordCutAnywhereIsCalledCut()
    {
        byte[] whole = new ClassicFile().Record(1, 2, Data).Record(3, 4, Data).ToArray();
        for (int missing = 1; missing < 76; missing++)
        {
            CaptureFormatException failure = Reading.Failure(whole[..^missing]);
            Assert.That((failure.Fault, failure.RecordNumber, failure.ByteOffset), Is.EqualTo((CaptureFault.Truncated, 2L, 100L)));
        }
    }

    [Test]
    public void ABlockCutAnywhereIsCalledCut()
    {
        byte[] start = new BlockFile().Section().Interface().ToArray();
        byte[] whole = new BlockFile().Section().Interface().Enhanced(0, 1, Data).ToArray();
        for (int length = start.Length + 1; length < whole.Length; length++)
        {
            CaptureFormatException failure = Reading.Failure(whole[..length]);
            Assert.That((failure.Fault, failure.RecordNumber, failure.ByteOffset), Is.EqualTo((CaptureFault.Truncated, 3L, (long)start.Length)));
        }
    }

    [Test]
    public void ACutFileSaysWhereAndWhatToDo()
    {
        byte[] whole = new ClassicFile().Record(1, 2, Data).ToArray();
        Assert.That(Reading.Failure(whole[..^50]).Message, Is.EqualTo(
            "test.pcap ends in the middle of record 1 at byte 24, after 26 of its 76 bytes; the capture was cut off: "
            + "copy it again, or keep its whole records with tcpdump -r OLD -w NEW."));
    }

    [Test]
    public void EveryFrameBeforeTheDamageIsReturnedAndNoneAfter()
    {
        byte[] whole = new ClassicFile().Record(1, 2, Data).Record(3, 4, Data).ToArray();
        using CaptureReader reader = CaptureReader.Open(new MemoryStream(whole[..^1]), "test.pcap");
        Assert.That(reader.TryReadNext(out CapturedFrame frame), Is.True);
        Assert.That(frame.Bytes.ToArray(), Is.EqualTo(Data));
        for (int call = 0; call < 2; call++)
            Assert.Throws<CaptureFormatException>(() => reader.TryReadNext(out _));
        Assert.That(reader.FramesRead, Is.EqualTo(1));
    }

    [TestCase(262_145)]
    [TestCase(0xFFFF_FFFF)]
    public void ARecordBeyondTheLimitIsTooLarge(long claimed)
    {
        CaptureFormatException failure = Reading.Failure(new ClassicFile().Record(0, 0, Data, captured: claimed).ToArray());
        Assert.That(failure.Fault, Is.EqualTo(CaptureFault.TooLarge));
        Assert.That(failure.Message, Does.Contain($"{claimed}").And.Contain("262144"));
    }

    [TestCase(0u, CaptureFault.Malformed)]
    [TestCase(8u, CaptureFault.Malformed)]
    [TestCase(30u, CaptureFault.Malformed)]
    [TestCase(16_777_220u, CaptureFault.TooLarge)]
    [TestCase(0xFFFF_FFFCu, CaptureFault.TooLarge)]
    [TestCase(16_777_216u, CaptureFault.Truncated)]
    public void ABlockLengthIsCheckedBeforeItIsBelieved(uint claimed, CaptureFault fault)
    {
        var file = new BlockFile();
        byte[] bytes = file.Section().Block(6, file.Body().U32(0), head: claimed).ToArray();
        CaptureFormatException failure = Reading.Failure(bytes);
        Assert.That((failure.Fault, failure.RecordNumber, failure.ByteOffset), Is.EqualTo((fault, 2L, 28L)));
        Assert.That(failure.Message, Does.Contain($"{claimed}"));
    }

    [TestCase(4)]
    [TestCase(6)]
    public void ABlockWhoseTwoLengthsDifferIsMalformed(long type)
    {
        var file = new BlockFile();
        byte[] bytes = file.Section().Interface().Block(type, file.Body().U32(0), tail: 20).ToArray();
        AssertMalformed(bytes, "16 bytes at its head and 20 at its tail");
    }

    [Test]
    public void AnInterfaceNobodyDescribedIsMalformed()
    {
        AssertMalformed(new BlockFile().Section().Interface().Enhanced(1, 0, Data).ToArray(), "names interface 1");
        AssertMalformed(new BlockFile().Section().Interface().Enhanced(uint.MaxValue, 0, Data).ToArray(), "names interface 4294967295");
        AssertMalformed(new BlockFile().Section().Obsolete(0, 0, Data).ToArray(), "names interface 0");
        AssertMalformed(new BlockFile().Section().Simple(Data).ToArray(), "names interface 0");
        AssertMalformed(new BlockFile().Section().Interface().Section().Enhanced(0, 0, Data).ToArray(), "names interface 0");
    }

    [Test]
    public void AFrameLongerThanItsBlockIsMalformed()
    {
        AssertMalformed(new BlockFile().Section().Interface().Enhanced(0, 0, Data, captured: 73).ToArray(), "frame of 73 bytes");
        AssertMalformed(new BlockFile().Section().Interface().Enhanced(0, 0, Data, captured: uint.MaxValue).ToArray(), "frame of 4294967295 bytes");
        AssertMalformed(new BlockFile().Section().Interface(snap: 100).Simple(Data, original: 200).ToArray(), "frame of 100 bytes");
    }

    [TestCase(0x0A0D0D0A)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(6)]
    public void ABlockTooShortForItsTypeIsMalformed(long type)
    {
        var file = new BlockFile();
        FileBuilder body = type == 0x0A0D0D0A ? file.Body().U32(0x1A2B3C4D) : file.Body();
        AssertMalformed(file.Section().Interface().Block(type, body).ToArray(), "are the least");
    }

    [Test]
    public void AByteOrderMarkOfNoOrderIsMalformed()
    {
        var file = new BlockFile();
        AssertMalformed(file.Block(0x0A0D0D0A, file.Body().U32(0x11223344).Raw(new byte[12])).ToArray(), "44332211");
    }

    [Test]
    public void AnOptionThatDoesNotFitIsMalformed()
    {
        var file = new BlockFile();
        file.Section().Block(1, file.Body().U16(1).U16(0).U32(0).U16(2).U16(400).U32(0));
        AssertMalformed(file.ToArray(), "option 2 of 400 bytes");
        file = new BlockFile();
        file.Section().Block(1, file.Body().U16(1).U16(0).U32(0).U16(9).U16(2).U32(0));
        AssertMalformed(file.ToArray(), "option 9 of 2 bytes");
        file = new BlockFile();
        file.Section().Block(1, file.Body().U16(1).U16(0).U32(0).U16(14).U16(4).U32(0));
        AssertMalformed(file.ToArray(), "option 14 of 4 bytes");
    }

    [TestCase(6, ulong.MaxValue, 0)]
    [TestCase(9, 1ul << 63, 0)]
    [TestCase(6, 0ul, long.MaxValue)]
    [TestCase(6, 0ul, long.MinValue)]
    public void ATimeThatNoCounterHoldsIsMalformed(int resolution, ulong ticks, long offset)
    {
        byte[] file = new BlockFile().Section().Interface(resolution: (byte)resolution, offset: offset).Enhanced(0, ticks, Data).ToArray();
        AssertMalformed(file, "carries a time outside");
    }

    [Test]
    public void ASectionOfTooManyInterfacesIsMalformed()
    {
        var file = new BlockFile().Section();
        for (int i = 0; i <= CaptureSection.MaxInterfaces; i++)
            file.Interface();
        AssertMalformed(file.ToArray(), "65536");
    }

    private static void AssertMalformed(byte[] file, string says)
    {
        CaptureFormatException failure = Reading.Failure(file);
        Assert.That(failure.Fault, Is.EqualTo(CaptureFault.Malformed));
        Assert.That(failure.Message, Does.Contain(says).And.Contain($"block {failure.RecordNumber} at byte"));
    }
}
