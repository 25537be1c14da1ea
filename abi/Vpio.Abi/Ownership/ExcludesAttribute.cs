namespace Vpio.Abi.Ownership;

/// <summary>The named device must not be held by the caller.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ExcludesAttribute : Attribute
{
    /// <summary>Names the devices; none means the receiver.</summary>
    public ExcludesAttribute(params string[] paths) => Paths = paths;
    /// <summary>The device paths.</summary>
    public string[] Paths { get; }
}
