namespace Vpio.Hypervisor.Tests.Captures;

/// <summary>Builds pcapng files, right or wrong, as the draft describes them.</summary>
internal sealed class BlockFile(bool big = false)
{
    private readonly FileBuilder _file = new(big);
    private bool _big = big;

    internal BlockFile Section(bool? inOrder = null, int major = 1)
    {
        _big = inOrder ?? _big;
        return Block(0x0A0D0D0A, new FileBuilder(_big).U32(0x1A2B3C4D).U16(major).U16(0).I64(-1));
    }

    internal BlockFile Interface(int linkType = 1, long snap = 0, byte? resolution = null, long? offset = null)
    {
        FileBuilder body = new FileBuilder(_big).U16(linkType).U16(0).U32(snap);
        body.U16(2).U16(4).Raw([.. "eth0"u8]);
        if (resolution is { } exponent)
            body.U16(9).U16(1).Raw(exponent).Pad();
        if (offset is { } seconds)
            body.U16(14).U16(8).I64(seconds);
        return Block(1, body.U16(0).U16(0));
    }

    internal BlockFile Enhanced(long port, ulong ticks, byte[] data, long? captured = null, long? original = null)
    {
        FileBuilder body = new FileBuilder(_big).U32(port).U32((long)(ticks >> 32)).U32((uint)ticks);
        body.U32(captured ?? data.Length).U32(original ?? data.Length).Raw(data).Pad();
        return Block(6, body.U16(2).U16(4).U32(0).U16(0).U16(0));
    }

    internal BlockFile Obsolete(int port, ulong ticks, byte[] data)
    {
        FileBuilder body = new FileBuilder(_big).U16(port).U16(7).U32((long)(ticks >> 32)).U32((uint)ticks);
        return Block(2, body.U32(data.Length).U32(data.Length).Raw(data).Pad());
    }

    internal BlockFile Simple(byte[] data, long? original = null) =>
        Block(3, new FileBuilder(_big).U32(original ?? data.Length).Raw(data).Pad());

    internal BlockFile Block(long type, FileBuilder body, long? head = null, long? tail = null)
    {
        long length = body.Length + 12;
        _file.Raw(new FileBuilder(_big).U32(type).U32(head ?? length).ToArray());
        _file.Raw(body.ToArray()).Raw(new FileBuilder(_big).U32(tail ?? length).ToArray());
        return this;
    }

    internal FileBuilder Body() => new(_big);

    internal byte[] ToArray() => _file.ToArray();
}
