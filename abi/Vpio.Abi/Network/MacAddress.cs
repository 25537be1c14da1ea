using System.Globalization;

namespace Vpio.Abi.Network;

/// <summary>Is an Ethernet address: six bytes, kept in memory order in the low 48 bits of a word.</summary>
/// <param name="value">The word; its upper 16 bits are dropped.</param>
public readonly struct MacAddress(ulong value) : IEquatable<MacAddress>
{
    private const ulong Mask = (1UL << 48) - 1;

    /// <summary>Gets the address of everybody, ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast => new(Mask);

    /// <summary>Gets the address as a word: its first byte is the lowest.</summary>
    public ulong Value { get; } = value & Mask;

    /// <summary>Gets whether the address names a group (multicast or broadcast): the lowest bit of its first byte.</summary>
    public bool IsGroup => (Value & 1) != 0;

    /// <summary>Tells whether two addresses are the same.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they are the same.</returns>
    public static bool operator ==(MacAddress left, MacAddress right) => left.Value == right.Value;

    /// <summary>Tells whether two addresses differ.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they differ.</returns>
    public static bool operator !=(MacAddress left, MacAddress right) => left.Value != right.Value;

    /// <inheritdoc/>
    public bool Equals(MacAddress other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MacAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>Writes the address as people do: six bytes in hex, colons between.</summary>
    /// <returns>For example 02:00:00:00:00:01.</returns>
    public override string ToString()
    {
        ulong value = Value;
        string[] bytes = new string[6];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = ((byte)(value >> (8 * i))).ToString("x2", CultureInfo.InvariantCulture);
        return string.Join(":", bytes);
    }
}
