namespace Vpio.Abi.Ownership;

/// <summary>The bool result is a proof for this thread: the given value means the receiver is held, the other value that it is not.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class HeldWhenAttribute : Attribute
{
    /// <summary>The value that proves the hold.</summary>
    public HeldWhenAttribute(bool value) => Value = value;
    /// <summary>The value that proves the hold.</summary>
    public bool Value { get; }
}
