using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Names a domain (a guest, or domain 0) as Xen does: 16 bits, below <see cref="FirstReserved"/>.</summary>
/// <param name="value">The number of the domain.</param>
/// <remarks>Source: <c>domid_t</c> in Xen's public/xen.h.</remarks>
[AbiNumbers]
public readonly struct DomainId(ushort value) : IEquatable<DomainId>
{
    /// <summary>The first number that names no domain of its own (<c>DOMID_FIRST_RESERVED</c>).</summary>
    [CName("VPIO_DOMID_FIRST_RESERVED")]
    public const ushort FirstReserved = 0x7FF0;

    /// <summary>The number behind <see cref="Invalid"/> (<c>DOMID_INVALID</c>).</summary>
    [CName("VPIO_DOMID_INVALID")]
    public const ushort InvalidValue = 0x7FF4;

    /// <summary>Gets the id that stands for "no domain" (<c>DOMID_INVALID</c>).</summary>
    public static DomainId Invalid => new(InvalidValue);

    /// <summary>Gets the number of the domain.</summary>
    public ushort Value { get; } = value;

    /// <summary>Gets whether a domain is named at all.</summary>
    public bool IsValid => Value < FirstReserved;

    /// <summary>Tells whether two ids name the same domain.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they are the same.</returns>
    public static bool operator ==(DomainId left, DomainId right) => left.Value == right.Value;

    /// <summary>Tells whether two ids name different domains.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they differ.</returns>
    public static bool operator !=(DomainId left, DomainId right) => left.Value != right.Value;

    /// <inheritdoc/>
    public bool Equals(DomainId other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DomainId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value;

    /// <inheritdoc/>
    public override string ToString() => IsValid ? $"d{Value}" : "none";
}
