using System.Buffers.Binary;
using Vpio.Hypervisor.Captures;

namespace Vpio.Tool.Tests.Traffic;

/// <summary>Makes capture files, classic and pcapng, written by hand so that reader and writer do not test each other.</summary>
internal static class CaptureBuilder
{
    internal static byte[] Classic(IEnumerable<(byte[] Bytes, int Original)> frames, ushort linkType = LinkType.Ethernet)
    {
        var file = new MemoryStream();
        U32(file, 0xA1B2C3D4, 0x00040002, 0, 0, 262144, linkType);
        uint time = 1;
        foreach ((byte[] bytes, int original) in frames)
        {
            U32(file, 1_700_000_000, time++, (uint)bytes.Length, (uint)original);
            file.Write(bytes);
        }

        return file.ToArray();
    }

    internal static byte[] Classic(IEnumerable<byte[]> frames, ushort linkType = LinkType.Ethernet) =>
        Classic(frames.Select(frame => (frame, frame.Length)), linkType);

    /// <summary>Makes a pcapng file whose frames come from two Ethernet interfaces in turn.</summary>
    internal static byte[] Pcapng(IEnumerable<byte[]> frames)
    {
        var file = new MemoryStream();
        U32(file, 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0xFFFFFFFF, 0xFFFFFFFF, 28);
        U32(file, 1, 20, LinkType.Ethernet, 0, 20);
        U32(file, 1, 20, LinkType.Ethernet, 0, 20);
        uint number = 0;
        foreach (byte[] frame in frames)
        {
            uint padded = (uint)(frame.Length + 3) & ~3u;
            U32(file, 6, 32 + padded, number % 2, 0, number++, (uint)frame.Length, (uint)frame.Length);
            file.Write(frame);
            file.Write(new byte[padded - frame.Length]);
            U32(file, 32 + padded);
        }

        return file.ToArray();
    }

    private static void U32(Stream file, params ReadOnlySpan<uint> words)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (uint word in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
            file.Write(bytes);
        }
    }
}
