namespace Vpio.Abi.Ownership;

/// <summary>On a field: the object owns the handle stored there and releases it in Dispose; on a parameter: the call takes the handle over, an out parameter hands one to the caller.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter, Inherited = false)]
public sealed class OwnsAttribute : Attribute { }
