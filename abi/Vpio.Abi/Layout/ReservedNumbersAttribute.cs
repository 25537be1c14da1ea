namespace Vpio.Abi.Layout;

/// <summary>Says that a range of the numbers of an enumeration is not to be given out.</summary>
/// <param name="first">The first number of the range.</param>
/// <param name="last">The last number of the range, not below the first.</param>
/// <param name="reason">What it is kept for, or was once used for.</param>
/// <remarks>For unsigned numbers beyond <see cref="long.MaxValue"/> write the number with the same 64 bits. Rule: VPIO2008.</remarks>
[AttributeUsage(AttributeTargets.Enum, AllowMultiple = true, Inherited = false)]
public sealed class ReservedNumbersAttribute(long first, long last, string reason) : Attribute
{
    /// <summary>Gets the first number of the range.</summary>
    public long First { get; } = first;

    /// <summary>Gets the last number of the range.</summary>
    public long Last { get; } = last;

    /// <summary>Gets what it is kept for.</summary>
    public string Reason { get; } = reason;
}
