using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Numbers the ownerships of a device: 40 bits, one more at every grant, and when a device that nobody owns is reset or plugged in.</summary>
/// <param name="value">The number; bits above the fortieth are dropped.</param>
/// <remarks>
/// At a million grants a second it wraps after 12 days. A holder cannot be that stale: an ownership ends at the latest
/// with its grace, and a lease compares its generation at every access.
/// </remarks>
[AbiNumbers]
public readonly struct Generation(ulong value) : IEquatable<Generation>
{
    /// <summary>The bits that count.</summary>
    public const ulong Mask = (1UL << 40) - 1;

    /// <summary>Gets the number of the ownership.</summary>
    public ulong Value { get; } = value & Mask;

    /// <summary>Gets the generation of the next grant.</summary>
    public Generation Next => new(Value + 1);

    /// <summary>Tells whether two generations are the same ownership.</summary>
    /// <param name="left">One generation.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they are the same.</returns>
    public static bool operator ==(Generation left, Generation right) => left.Value == right.Value;

    /// <summary>Tells whether two generations are different ownerships.</summary>
    /// <param name="left">One generation.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they differ.</returns>
    public static bool operator !=(Generation left, Generation right) => left.Value != right.Value;

    /// <inheritdoc/>
    public bool Equals(Generation other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Generation other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"#{Value}";
}
