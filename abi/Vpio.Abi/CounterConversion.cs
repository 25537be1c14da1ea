namespace Vpio.Abi;

/// <summary>Is how the counter that a guest reads by itself becomes the hypervisor's clock: no call, no exit.</summary>
/// <param name="counterBase">The counter at the base.</param>
/// <param name="nsBase">The hypervisor's clock at the base, nanoseconds.</param>
/// <param name="multiplier">Nanoseconds a tick, times 2 to the <paramref name="shift"/>; 0: there is no conversion.</param>
/// <param name="shift">How far the product is shifted, 0 to 32 bits; more: there is no conversion.</param>
/// <remarks>Source: <c>docs/abi.md</c>, "The hypervisor's clock".</remarks>
public readonly struct CounterConversion(ulong counterBase, ulong nsBase, uint multiplier, uint shift)
{
    private const uint MaxShift = 32;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Gets the counter at the base.</summary>
    public ulong CounterBase { get; } = counterBase;

    /// <summary>Gets the hypervisor's clock at the base, nanoseconds.</summary>
    public ulong NsBase { get; } = nsBase;

    /// <summary>Gets the nanoseconds a tick, times 2 to the <see cref="Shift"/>.</summary>
    public uint Multiplier { get; } = multiplier;

    /// <summary>Gets how far the product is shifted, bits.</summary>
    public uint Shift { get; } = shift;

    /// <summary>Gets whether there is a conversion.</summary>
    public bool IsAvailable => Multiplier != 0 && Shift <= MaxShift;

    /// <summary>Makes the conversion of a counter that shows 0 ns at a base.</summary>
    /// <param name="counterBase">The counter at the base.</param>
    /// <param name="frequency">Its ticks a second, positive.</param>
    /// <returns>The conversion: exact where a tick has whole nanoseconds, else off by at most one part in twice the multiplier.</returns>
    public static CounterConversion FromFrequency(ulong counterBase, long frequency)
    {
        if (frequency <= 0)
            throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "A counter ticks at least once a second.");
        ulong ticks = (ulong)frequency;
        if (NanosecondsPerSecond % ticks == 0)
            return new CounterConversion(counterBase, 0, (uint)(NanosecondsPerSecond / ticks), 0);

        uint shift = MaxShift;
        while (Rounded(ticks, shift) > uint.MaxValue)
            shift--;
        return new CounterConversion(counterBase, 0, (uint)Rounded(ticks, shift), shift);
    }

    /// <summary>Reads the conversion of a guest page.</summary>
    /// <param name="page">The page.</param>
    /// <returns>The conversion.</returns>
    public static CounterConversion FromPage(in GuestPage page) => new(page.TscBase, page.NsBase, page.TscMul, page.TscShift);

    /// <summary>Writes the conversion into a guest page, before the page is shared.</summary>
    /// <param name="page">The page.</param>
    public void WriteTo(ref GuestPage page)
    {
        page.TscBase = CounterBase;
        page.NsBase = NsBase;
        page.TscMul = Multiplier;
        page.TscShift = Shift;
    }

    /// <summary>Converts a value of the counter.</summary>
    /// <param name="counter">The counter as it was read.</param>
    /// <returns>The hypervisor's clock then, nanoseconds, modulo 2^64.</returns>
    /// <remarks>The product has up to 96 bits. It is formed in halves, of which the upper is a multiple of 2^32 and so loses nothing by the shift.</remarks>
    public ulong ToNs(ulong counter)
    {
        unchecked
        {
            ulong ticks = counter - CounterBase;
            ulong upper = (ticks >> 32) * Multiplier << (int)(MaxShift - Shift);
            ulong lower = (uint)ticks * (ulong)Multiplier >> (int)Shift;
            return NsBase + upper + lower;
        }
    }

    private static ulong Rounded(ulong ticks, uint shift) => ((NanosecondsPerSecond << (int)shift) + (ticks / 2)) / ticks;
}
