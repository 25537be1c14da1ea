namespace Vpio.Abi.Ownership;

/// <summary>The named device (or the argument, on a parameter) must be held by the caller and is still held on return.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Parameter | AttributeTargets.Delegate, Inherited = false)]
public sealed class RequiresHeldAttribute : Attribute
{
    /// <summary>Names the devices; none means the receiver or the annotated parameter itself.</summary>
    public RequiresHeldAttribute(params string[] paths) => Paths = paths;
    /// <summary>The device paths.</summary>
    public string[] Paths { get; }
    /// <summary>An observer (shared) hold is enough.</summary>
    public bool Shared { get; set; }
}
