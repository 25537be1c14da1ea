namespace Vpio.Hypervisor.Captures;

/// <summary>Holds what an Interface Description Block says about the packets that follow it.</summary>
/// <param name="LinkType">What the interface's frames begin with.</param>
/// <param name="SnapLength">The most bytes kept of a frame; 0 for no limit.</param>
/// <param name="Resolution">The length of a tick.</param>
/// <param name="OffsetSeconds">What to add to every time, in seconds.</param>
internal readonly record struct InterfaceDescription(
    ushort LinkType, uint SnapLength, TimestampResolution Resolution, long OffsetSeconds)
{
    private const int FixedBytes = 8;
    private const int OptionHeaderBytes = 4;
    private const ushort EndOfOptions = 0;
    private const ushort TimestampResolutionOption = 9;
    private const ushort TimestampOffsetOption = 14;

    /// <summary>Parses the body of the block.</summary>
    /// <exception cref="CaptureFormatException">The body is short, or an option does not fit.</exception>
    internal static InterfaceDescription Parse(ReadOnlySpan<byte> body, ByteOrder order, CapturePlace place)
    {
        if (body.Length < FixedBytes)
            throw CaptureFormatException.Malformed(place, $"describes an interface in {body.Length} bytes where {FixedBytes} are the least");
        var plain = new InterfaceDescription(order.UInt16(body), order.UInt32(body[4..]), TimestampResolution.Microseconds, 0);
        return plain.WithOptions(body[FixedBytes..], order, place);
    }

    private InterfaceDescription WithOptions(ReadOnlySpan<byte> options, ByteOrder order, CapturePlace place)
    {
        InterfaceDescription described = this;
        while (options.Length >= OptionHeaderBytes)
        {
            ushort code = order.UInt16(options);
            int length = order.UInt16(options[2..]);
            int padded = (length + 3) & ~3;
            options = options[OptionHeaderBytes..];
            if (code == EndOfOptions)
                break;
            if (padded > options.Length)
                throw CaptureFormatException.Malformed(place, $"has an option {code} of {length} bytes, of which {options.Length} are in the block");
            described = described.With(code, options[..length], order, place);
            options = options[padded..];
        }

        return described;
    }

    private InterfaceDescription With(ushort code, ReadOnlySpan<byte> value, ByteOrder order, CapturePlace place) => code switch
    {
        TimestampResolutionOption => this with { Resolution = TimestampResolution.Of(Sized(value, 1, code, place)[0]) },
        TimestampOffsetOption => this with { OffsetSeconds = order.Int64(Sized(value, sizeof(long), code, place)) },
        _ => this,
    };

    private static ReadOnlySpan<byte> Sized(ReadOnlySpan<byte> value, int size, ushort code, CapturePlace place) =>
        value.Length == size
            ? value
            : throw CaptureFormatException.Malformed(place, $"has an option {code} of {value.Length} bytes where {size} are required");
}
