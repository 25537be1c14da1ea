namespace Vpio.Abi.Ownership;

/// <summary>Says that a call, or a look at a property, finds out whether the device is wanted back.</summary>
/// <remarks>A loop that keeps a device passes one in each round. A property whose value tells says so with <see cref="RevokedWhenAttribute"/>.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class PollsAttribute : Attribute;
