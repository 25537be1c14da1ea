using System.Buffers.Binary;
using Vpio.Abi.Network;
using Vpio.Hostile.Attacks;

namespace Vpio.Hostile.Judging;

/// <summary>Is the stream of frames from one neighbour to another: numbered, each made anew from its number where it arrives.</summary>
/// <param name="from">Who sends.</param>
/// <param name="to">Who receives.</param>
/// <param name="secret">What is in every frame of the stream and nowhere else, so that nobody can forge one.</param>
internal sealed class Lane(MacAddress from, MacAddress to, ulong secret)
{
    /// <summary>How many frames may be under way: fewer than are parked for a guest, so that none is dropped for want of room.</summary>
    public const int Window = 128;

    private const int HeaderBytes = 14;
    private const int NumberOffset = HeaderBytes;
    private const int SecretOffset = NumberOffset + sizeof(ulong);
    private const int MarkOffset = SecretOffset + sizeof(ulong);
    private const int BodyOffset = MarkOffset + sizeof(ulong);

    private readonly byte[] _expected = new byte[NicRegister.MaxFrameBytesValue];
    private long _sent;
    private long _received;

    /// <summary>Gets who sends.</summary>
    public MacAddress From => from;

    /// <summary>Gets how many frames were given to the device.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Gets how many were received, each as it should be.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Gets whether all that were sent were received.</summary>
    public bool IsEmpty => Sent == Received;

    /// <summary>Reads who sent a frame.</summary>
    public static MacAddress SourceOf(ReadOnlySpan<byte> frame) => new(BinaryPrimitives.ReadUInt64LittleEndian(frame[4..]) >> 16);

    /// <summary>Reads whom a frame is for.</summary>
    public static MacAddress DestinationOf(ReadOnlySpan<byte> frame) => new(BinaryPrimitives.ReadUInt64LittleEndian(frame));

    /// <summary>Writes the next frame.</summary>
    /// <param name="into">Where; the longest frame has room.</param>
    /// <returns>The frame.</returns>
    public ReadOnlySpan<byte> Next(Span<byte> into) => Write(into, Sent);

    /// <summary>Counts the frame that was sent.</summary>
    public void CountSent() => Volatile.Write(ref _sent, _sent + 1);

    /// <summary>Takes a frame that came from the sender.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public string? Take(ReadOnlySpan<byte> frame)
    {
        long number = _received;
        if (frame.SequenceEqual(Write(_expected, number)))
        {
            Volatile.Write(ref _received, number + 1);
            return null;
        }

        long seen = frame.Length >= BodyOffset ? BinaryPrimitives.ReadInt64LittleEndian(frame[NumberOffset..]) : -1;
        if (seen == number || seen < 0 || seen >= Sent || !frame.SequenceEqual(Write(_expected, seen)))
            return "a frame was damaged or forged";
        return seen < number ? "a frame came twice or late" : "a frame was lost or overtaken";
    }

    private ReadOnlySpan<byte> Write(Span<byte> into, long number)
    {
        Span<byte> frame = into[..(int)(60 + (number % 7 * 200))];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, to.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[6..], (uint)from.Value);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[10..], (ushort)(from.Value >> 32));
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x88B5); // For experiments on one's own network.
        BinaryPrimitives.WriteInt64LittleEndian(frame[NumberOffset..], number);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[SecretOffset..], secret);
        ForeignMark.Bytes.CopyTo(frame[MarkOffset..]);
        frame[BodyOffset..].Fill((byte)(number * 31));
        return frame;
    }
}
