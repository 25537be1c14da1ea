namespace Vpio.Abi.Ownership;

/// <summary>Says where a handle goes, and with it the duty to dispose it.</summary>
/// <remarks>
/// <para>On a field: the object owns what is stored there, and its <c>Dispose</c> releases it.</para>
/// <para>On a parameter: the call takes the handle over; an <see langword="out"/> parameter hands one to the caller.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter, Inherited = false)]
public sealed class OwnsAttribute : Attribute;
