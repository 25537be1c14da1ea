namespace Vpio.Abi.Ownership;

/// <summary>Switches the ownership rules off for the body of a method.</summary>
/// <param name="reason">What makes the code right that the rules cannot see; never empty.</param>
/// <remarks>
/// What the method's other attributes say still holds for its callers. It is meant for the members of a device that make and end
/// holds: nothing in them tells that a hypercall grabs.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class NoOwnershipCheckAttribute(string reason) : Attribute
{
    /// <summary>Gets the reason.</summary>
    public string Reason { get; } = reason;
}
