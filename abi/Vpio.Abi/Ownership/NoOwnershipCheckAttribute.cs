namespace Vpio.Abi.Ownership;

/// <summary>The body is not checked, for the reason given.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class NoOwnershipCheckAttribute : Attribute
{
    /// <summary>Gives the reason, which must not be empty.</summary>
    public NoOwnershipCheckAttribute(string reason) => Reason = reason;
    /// <summary>The reason.</summary>
    public string Reason { get; }
}
