namespace Vpio.Abi.Ownership;

/// <summary>The named device is held after the call exactly if the outcome equals the given value; a failed try need not be closed.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TryAcquiresAttribute : Attribute
{
    /// <summary>The success value: true, false, 0, an enum member, an <see cref="Outcome"/>, or the name of a bool member of the result or of a ref/out bool parameter.</summary>
    public TryAcquiresAttribute(object returns, params string[] paths) { Returns = returns; Paths = paths; }
    /// <summary>The success value.</summary>
    public object Returns { get; }
    /// <summary>The device paths.</summary>
    public string[] Paths { get; }
}
