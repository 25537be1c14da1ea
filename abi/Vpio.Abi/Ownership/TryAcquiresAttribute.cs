namespace Vpio.Abi.Ownership;

/// <summary>Says that a call may grab devices, and how its result tells whether it did.</summary>
/// <param name="returns">
/// What means success: <see langword="true"/> or <see langword="false"/>, a number, a member of an enum, an <see cref="Outcome"/>, or the name
/// of a bool member of the result or of a bool <see langword="ref"/> or <see langword="out"/> parameter.
/// </param>
/// <param name="paths">The devices, each a parameter, or a field or property of the type, and on from there with dots; write them with <see langword="nameof"/>. None means the receiver.</param>
/// <remarks>After a failure nothing is held and nothing has to be given back, a handle that came with it included.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TryAcquiresAttribute(object returns, params string[] paths) : Attribute
{
    /// <summary>Gets what means success.</summary>
    public object Returns { get; } = returns;

    /// <summary>Gets the devices named.</summary>
    public string[] Paths { get; } = paths;
}
