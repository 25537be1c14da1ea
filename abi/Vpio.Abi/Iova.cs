namespace Vpio.Abi;

/// <summary>Is an address as the device sees it: the IOMMU translates it to memory of the guest that owns the device.</summary>
/// <param name="value">The address, bytes.</param>
public readonly struct Iova(ulong value) : IEquatable<Iova>
{
    /// <summary>Gets the address, bytes.</summary>
    public ulong Value { get; } = value;

    /// <summary>Moves an address up.</summary>
    /// <param name="start">Where to start.</param>
    /// <param name="bytes">How far to go.</param>
    /// <returns>The address, wrapped at 64 bits.</returns>
    public static Iova operator +(Iova start, ulong bytes) => new(unchecked(start.Value + bytes));

    /// <summary>Tells whether two addresses are the same.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they are the same.</returns>
    public static bool operator ==(Iova left, Iova right) => left.Value == right.Value;

    /// <summary>Tells whether two addresses differ.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they differ.</returns>
    public static bool operator !=(Iova left, Iova right) => left.Value != right.Value;

    /// <inheritdoc/>
    public bool Equals(Iova other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Iova other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"iova 0x{Value:x}";
}
