namespace Vpio.Abi.Ownership;

/// <summary>The named device is held before the call and released by it exactly if the result equals the given value.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ReleasesWhenAttribute : Attribute
{
    /// <summary>The value that means released (same values as <see cref="TryAcquiresAttribute"/>), then the devices.</summary>
    public ReleasesWhenAttribute(object returns, params string[] paths) { Returns = returns; Paths = paths; }
    /// <summary>The value that means released.</summary>
    public object Returns { get; }
    /// <summary>The device paths.</summary>
    public string[] Paths { get; }
}
