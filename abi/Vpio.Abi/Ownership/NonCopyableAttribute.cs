namespace Vpio.Abi.Ownership;

/// <summary>Says that values of a struct are not copied: each is in one place, and is passed by reference.</summary>
/// <remarks>For handles, of which two copies would release one hold.</remarks>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class NonCopyableAttribute : Attribute;
