namespace Vpio.Abi.Ownership;

/// <summary>Says that a call gives devices back exactly when its result says so: held before, and still held after any other result.</summary>
/// <param name="returns">The result that means released; what it may be is told at <see cref="TryAcquiresAttribute"/>.</param>
/// <param name="paths">The devices, each a parameter, or a field or property of the type, and on from there with dots; write them with <see langword="nameof"/>. None means the receiver.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ReleasesWhenAttribute(object returns, params string[] paths) : Attribute
{
    /// <summary>Gets the result that means released.</summary>
    public object Returns { get; } = returns;

    /// <summary>Gets the devices named.</summary>
    public string[] Paths { get; } = paths;
}
