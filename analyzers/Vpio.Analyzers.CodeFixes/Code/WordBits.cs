namespace Vpio.Analyzers.CodeFixes;

/// <summary>Is what is known of a number, bit by bit: each of the 64 is zero, one, or a bit of a part that the number is put together from. A narrower number is extended as its type is.</summary>
internal sealed class WordBits
{
    private const string Zero = "0", One = "1";

    private const int Count = 64;

    private readonly string[] _bits;

    private WordBits(IEnumerable<string> bits) => _bits = [.. bits];

    /// <summary>Makes the bits of a number that is known.</summary>
    public static WordBits Constant(object value) =>
        value is ulong unsigned ? Constant(unsigned) : Constant(unchecked((ulong)Convert.ToInt64(value is char letter ? (int)letter : value, System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Makes the bits of a part.</summary>
    /// <param name="name">What names it.</param>
    /// <param name="type">Its type.</param>
    public static WordBits Part(string name, NumberType type) => new WordBits(Enumerable.Range(0, Count).Select(i => $"{name}:{i}")).As(type);

    /// <summary>Extends the number from the bits that a type has.</summary>
    public WordBits As(NumberType type) => new(_bits.Select((bit, i) => i < type.Bits ? bit : type.IsSigned ? _bits[type.Bits - 1] : Zero));

    /// <summary>Moves the bits to the left.</summary>
    public WordBits ShiftLeft(int by) => new(_bits.Select((_, i) => i < by ? Zero : _bits[i - by]));

    /// <summary>Moves the bits to the right, as a number with a sign or without one.</summary>
    public WordBits ShiftRight(int by, bool isSigned) => new(_bits.Select((_, i) => i + by < Count ? _bits[i + by] : isSigned ? _bits[Count - 1] : Zero));

    /// <summary>Joins two numbers by <c>|</c>, or gets null when a bit of the result is none of the parts' bits.</summary>
    public WordBits? Or(WordBits other) => Join(other, One, Zero);

    /// <summary>Joins two numbers by <c>&amp;</c>, or gets null when a bit of the result is none of the parts' bits.</summary>
    public WordBits? And(WordBits other) => Join(other, Zero, One);

    /// <summary>Gets whether two numbers are the same, whatever their parts are.</summary>
    public bool IsSame(WordBits other) => _bits.SequenceEqual(other._bits);

    private static WordBits Constant(ulong value) => new(Enumerable.Range(0, Count).Select(i => ((value >> i) & 1) == 0 ? Zero : One));

    private WordBits? Join(WordBits other, string wins, string yields)
    {
        string?[] joined = [.. _bits.Zip(other._bits, (a, b) => a == wins || b == wins ? wins : a == yields ? b : b == yields || a == b ? a : null)];
        return joined.Contains(null) ? null : new WordBits(joined.OfType<string>());
    }
}
