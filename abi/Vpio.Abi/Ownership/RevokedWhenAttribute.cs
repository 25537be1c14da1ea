namespace Vpio.Abi.Ownership;

/// <summary>The given value means a stop was requested: from then on only quiescing members and release are allowed.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class RevokedWhenAttribute : Attribute
{
    /// <summary>The value that means stop.</summary>
    public RevokedWhenAttribute(bool value) => Value = value;
    /// <summary>The value that means stop.</summary>
    public bool Value { get; }
}
