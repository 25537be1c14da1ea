namespace Vpio.Abi.Layout;

/// <summary>Says that a word is read and written by several threads or programs at once: only <c>Volatile</c>, <c>Interlocked</c> and who takes it as a shared word may touch it.</summary>
/// <param name="format">The struct that gives the word its meaning, marked with <see cref="WordFormatAttribute"/>; none for a word that is just a number.</param>
/// <remarks>
/// On a field: the word itself. On a parameter that is passed by reference, or a pointer: what the method is given is a shared word, and it treats it so.
/// On a returned reference: the same of what comes back. A private copy, in a local variable or a parameter by value, is not shared.
/// Rules: VPIO2006 and VPIO2009.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property, Inherited = false)]
public sealed class SharedWordAttribute(Type? format = null) : Attribute
{
    /// <summary>Gets the struct that gives the word its meaning.</summary>
    public Type? Format { get; } = format;
}
