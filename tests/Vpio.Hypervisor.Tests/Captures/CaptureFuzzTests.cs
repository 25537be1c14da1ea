using Vpio.Hypervisor.Captures;

namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>A file is input from a stranger: whatever is damaged, reading ends, in little memory, with nothing but a format error.</summary>
internal sealed class CaptureFuzzTests
{
    private const int Mutations = 10_000;

    // The window of the reader, its buffer, and what an exception and its message take.
    private const long AllocationLimit = 512 * 1024;

    private static readonly byte[] Classic = new ClassicFile(big: true).Record(1, 2, Reading.Frame(60)).Record(3, 4, Reading.Frame(130)).ToArray();

    private static readonly byte[] Blocks = new BlockFile().Section().Interface().Interface(resolution: 0x8A, offset: 5)
        .Enhanced(0, 1, Reading.Frame(60)).Block(4, new FileBuilder(false).U32(0)).Simple(Reading.Frame(30))
        .Section(inOrder: true).Interface().Obsolete(0, 9, Reading.Frame(20)).Enhanced(0, 5, Reading.Frame(9)).ToArray();

    private static readonly byte[][] Words =
    [
        [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0, 0, 4, 0], [0xFC, 0xFF, 0xFF, 0],
        [0x0A, 0x0D, 0x0D, 0x0A], [6, 0, 0, 0], [12, 0, 0, 0], [0, 0, 0, 12], [0, 0, 0, 1],
    ];

    [Test]
    public void DamageEndsInAFormatErrorOrInFrames([Values] bool classic)
    {
        byte[] whole = classic ? Classic : Blocks;
        var random = new Random(20_260_101);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            if (!ReadsOrRefuses(Mutate(whole, random)))
                refused++;
        }

        // A fuzzer that breaks nothing, or everything at its first byte, tests nothing.
        Assert.That(refused, Is.InRange(Mutations / 10, Mutations * 99 / 100));
    }

    [Test]
    public void AHostileLengthIsNotAllocated()
    {
        byte[] record = new ClassicFile().Record(0, 0, [1, 2, 3], captured: CaptureReader.MaxRecordBytes).ToArray();
        var file = new BlockFile();
        byte[] block = file.Section().Block(6, file.Body().U32(0), head: CaptureReader.MaxBlockBytes).ToArray();
        foreach (byte[] hostile in new[] { record, block })
        {
            _ = ReadsOrRefuses(hostile);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.That(ReadsOrRefuses(hostile), Is.False);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(128 * 1024));
        }
    }

    private static bool ReadsOrRefuses(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        int frames = 0;
        try
        {
            using CaptureReader reader = CaptureReader.Open(new MemoryStream(file), "fuzz");
            while (reader.TryReadNext(out CapturedFrame frame))
            {
                frames++;
                if (frames > file.Length || frame.Bytes.Length > file.Length || frame.OriginalLength < frame.Bytes.Length)
                    Assert.Fail($"frame {frames} cannot come from {Convert.ToHexString(file)}");
            }

            return true;
        }
        catch (CaptureFormatException)
        {
            return false;
        }
        finally
        {
            if (GC.GetAllocatedBytesForCurrentThread() - before > AllocationLimit)
                Assert.Fail($"too much was allocated for {Convert.ToHexString(file)}");
        }
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] file = [.. whole];
        for (int change = random.Next(1, 5); change > 0; change--)
            file = Change(file, random);
        return file;
    }

    private static byte[] Change(byte[] file, Random random)
    {
        if (file.Length < 5)
            return [.. file, .. Words[random.Next(Words.Length)]];
        int at = random.Next(file.Length - 4);
        switch (random.Next(6))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                return file;
            case 1:
                file[at] = (byte)random.Next(256);
                return file;
            case 2:
                Words[random.Next(Words.Length)].CopyTo(file, at & ~3);
                return file;
            case 3:
                return [.. file[..at], .. file[(at + random.Next(5))..]];
            case 4:
                return [.. file[..at], .. file[random.Next(file.Length)..]];
            default:
                return file[..random.Next(file.Length)];
        }
    }
}
