namespace Vpio.Fuzz.Tests;

/// <summary>Makes inputs by chance: of nothing, or of others that are known to lead far. The same seed gives the same.</summary>
/// <param name="seed">The seed.</param>
/// <param name="known">Inputs to change; may be empty.</param>
internal sealed class RandomInputs(int seed, IReadOnlyList<byte[]> known)
{
    private const int LongestBytes = 512;

    private readonly Random _chance = new(seed);

    /// <summary>Makes the next.</summary>
    public byte[] Next()
    {
        if (known.Count == 0 || _chance.Next(4) == 0)
            return Bytes(_chance.Next(1, LongestBytes));
        byte[] input = Any();
        for (int changes = 1 << _chance.Next(5); changes > 0; changes--)
            input = Change(input);
        return input;
    }

    private byte[] Any() => known[_chance.Next(known.Count)];

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _chance.NextBytes(bytes);
        return bytes;
    }

    private byte[] Change(byte[] input)
    {
        int at = _chance.Next(input.Length + 1);
        byte[] other = Any();
        return _chance.Next(5) switch
        {
            0 => [.. input[..at], .. Bytes(_chance.Next(1, 9)), .. input[at..]],
            1 => [.. input[..at], .. input[Math.Min(input.Length, at + _chance.Next(1, 9))..]],
            2 when input.Length < LongestBytes => [.. input[..at], .. other[_chance.Next(other.Length)..]],
            3 => [.. input[..at], .. Bytes(1), .. input[Math.Min(input.Length, at + 1)..]],
            _ => [.. input.Select((value, place) => place == at ? (byte)(value ^ (1 << _chance.Next(8))) : value)],
        };
    }
}
