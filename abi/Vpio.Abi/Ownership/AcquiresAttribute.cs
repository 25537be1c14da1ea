namespace Vpio.Abi.Ownership;

/// <summary>The named device is not held before the call and held after its normal return (after the await, for a task).</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class AcquiresAttribute : Attribute
{
    /// <summary>Names the devices; none means the receiver.</summary>
    public AcquiresAttribute(params string[] paths) => Paths = paths;
    /// <summary>The device paths.</summary>
    public string[] Paths { get; }
    /// <summary>Only an observer (shared) hold is taken.</summary>
    public bool Shared { get; set; }
    /// <summary>The device counts its grabs: grabbing while held is legal and needs as many releases.</summary>
    public bool Reentrant { get; set; }
}
