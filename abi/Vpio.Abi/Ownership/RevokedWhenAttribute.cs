namespace Vpio.Abi.Ownership;

/// <summary>Says which value of a bool property means that the device is wanted back.</summary>
/// <param name="value">The value that means it.</param>
/// <remarks>Once it was seen, only members with <see cref="QuiesceAttribute"/> and the release are allowed.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class RevokedWhenAttribute(bool value) : Attribute
{
    /// <summary>Gets the value that means that the device is wanted back.</summary>
    public bool Value { get; } = value;
}
