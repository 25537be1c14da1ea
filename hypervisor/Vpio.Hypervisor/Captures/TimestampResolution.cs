namespace Vpio.Hypervisor.Captures;

/// <summary>Turns the ticks of a pcapng interface into nanoseconds since 1970.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcapng, options if_tsresol and if_tsoffset.</remarks>
internal readonly struct TimestampResolution
{
    private const int NanosecondExponent = 9;
    private const byte PowerOfTwo = 0x80;

    // 2^64 ticks of 10^-29 s are under a nanosecond, so every finer resolution rounds to the same 0.
    private const int FinestExponent = NanosecondExponent + 20;

    private readonly UInt128 _multiplier;
    private readonly UInt128 _divisor;

    private TimestampResolution(UInt128 multiplier, UInt128 divisor) => (_multiplier, _divisor) = (multiplier, divisor);

    /// <summary>Gets the resolution of an interface that states none.</summary>
    internal static TimestampResolution Microseconds { get; } = Of(6);

    /// <summary>Reads a resolution as if_tsresol writes it.</summary>
    /// <param name="option">A negative exponent of ten, or of two when the top bit is set.</param>
    internal static TimestampResolution Of(byte option)
    {
        int exponent = option & ~PowerOfTwo;
        if ((option & PowerOfTwo) != 0)
            return new TimestampResolution(PowerOfTen(NanosecondExponent), UInt128.One << exponent);
        return exponent <= NanosecondExponent
            ? new TimestampResolution(PowerOfTen(NanosecondExponent - exponent), UInt128.One)
            : new TimestampResolution(UInt128.One, PowerOfTen(Math.Min(exponent, FinestExponent) - NanosecondExponent));
    }

    /// <summary>Converts a time.</summary>
    /// <param name="ticks">The count from the packet.</param>
    /// <param name="offsetSeconds">What if_tsoffset adds, in seconds.</param>
    /// <param name="timestampNs">The time, rounded towards the past.</param>
    /// <returns>False for a time that 64 bits of nanoseconds cannot hold: before 1677 or after 2262.</returns>
    internal bool TryConvert(ulong ticks, long offsetSeconds, out long timestampNs)
    {
        UInt128 scaled = ticks * _multiplier;
        Int128 total = (Int128)(_divisor == UInt128.One ? scaled : scaled / _divisor) + ((Int128)offsetSeconds * 1_000_000_000);
        bool fits = total >= long.MinValue && total <= long.MaxValue;
        timestampNs = fits ? (long)total : 0;
        return fits;
    }

    private static UInt128 PowerOfTen(int exponent)
    {
        UInt128 power = UInt128.One;
        for (int i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
