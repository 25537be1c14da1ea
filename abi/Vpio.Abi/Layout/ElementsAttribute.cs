namespace Vpio.Abi.Layout;

/// <summary>Says that a field is the first element of an array that lies in place, which C# before inline arrays cannot declare.</summary>
/// <param name="count">How many elements there are, this one included.</param>
[AttributeUsage(AttributeTargets.Field, Inherited = false)]
public sealed class ElementsAttribute(int count) : Attribute
{
    /// <summary>Gets how many elements there are.</summary>
    public int Count { get; } = count;
}
