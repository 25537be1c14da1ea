namespace Vpio.Abi.Ownership;

/// <summary>Says that a bool property proves whether this guest holds the receiver: one value that it does, the other that it does not.</summary>
/// <param name="value">The value that means held.</param>
/// <remarks>
/// For a look at who owns the device now, and no cheaper one: it makes a hold certain again that may have been lost.
/// What only looked so a moment ago is a <see cref="HintAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class HeldWhenAttribute(bool value) : Attribute
{
    /// <summary>Gets the value that means held.</summary>
    public bool Value { get; } = value;
}
