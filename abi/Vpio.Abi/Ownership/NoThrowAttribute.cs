namespace Vpio.Abi.Ownership;

/// <summary>Says that a call never throws, so that nothing held has to be protected from it.</summary>
/// <remarks>It is believed, not checked. On a property it stands on the accessor.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor, Inherited = false)]
public sealed class NoThrowAttribute : Attribute;
