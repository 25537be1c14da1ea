namespace Vpio.Abi.Ownership;

/// <summary>The bool result says how the device looked a moment ago and never proves anything.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class HintAttribute : Attribute { }
