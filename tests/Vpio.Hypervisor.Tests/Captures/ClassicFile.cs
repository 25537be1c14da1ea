namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>Builds classic pcap files, right or wrong, as the draft describes them.</summary>
internal sealed class ClassicFile
{
    internal const long Microsecond = 0xA1B2C3D4;
    internal const long Nanosecond = 0xA1B23C4D;

    private readonly FileBuilder _file;

    internal ClassicFile(bool big = false, long magic = Microsecond, int major = 2, int minor = 4, long network = 1)
    {
        _file = new FileBuilder(big);
        _file.U32(magic).U16(major).U16(minor).U32(0).U32(0).U32(65_535).U32(network);
    }

    internal ClassicFile Record(long seconds, long fraction, byte[] data, long? captured = null, long? original = null)
    {
        _file.U32(seconds).U32(fraction).U32(captured ?? data.Length).U32(original ?? data.Length).Raw(data);
        return this;
    }

    internal byte[] ToArray() => _file.ToArray();
}
