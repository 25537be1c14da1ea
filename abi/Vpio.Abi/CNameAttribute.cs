namespace Vpio.Abi;

/// <summary>Names a declaration in the C headers where the rule (VPIO, the type, the member, in upper case) does not give the name of the specification.</summary>
/// <param name="name">The name; on an enumeration or a class the beginning of its members' names.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Field)]
internal sealed class CNameAttribute(string name) : Attribute
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;
}
