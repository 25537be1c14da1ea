namespace Vpio.Abi.Ownership;

/// <summary>Reaching this member counts as a poll for stop requests.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class PollsAttribute : Attribute { }
