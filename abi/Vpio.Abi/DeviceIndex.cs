namespace Vpio.Abi;

/// <summary>Names a device by its slot in the device page, 0 to 62.</summary>
/// <param name="value">The number of the slot.</param>
public readonly struct DeviceIndex(uint value) : IEquatable<DeviceIndex>
{
    /// <summary>Gets the number of the slot. A guest may send any number: whoever receives one checks it.</summary>
    public uint Value { get; } = value;

    /// <summary>Gets whether such a slot exists.</summary>
    public bool IsValid => Value < DevicePage.SlotCount;

    /// <summary>Tells whether two indices name the same slot.</summary>
    /// <param name="left">One index.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they are the same.</returns>
    public static bool operator ==(DeviceIndex left, DeviceIndex right) => left.Value == right.Value;

    /// <summary>Tells whether two indices name different slots.</summary>
    /// <param name="left">One index.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when they differ.</returns>
    public static bool operator !=(DeviceIndex left, DeviceIndex right) => left.Value != right.Value;

    /// <inheritdoc/>
    public bool Equals(DeviceIndex other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DeviceIndex other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Value;

    /// <inheritdoc/>
    public override string ToString() => $"device {Value}";
}
