namespace Vpio.Abi.Ownership;

/// <summary>The named device is held before the call and not held after its normal return; an exception leaves it held.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, Inherited = false)]
public sealed class ReleasesAttribute : Attribute
{
    /// <summary>Names the devices; none means the receiver, or on a parameter the argument's own device.</summary>
    public ReleasesAttribute(params string[] paths) => Paths = paths;
    /// <summary>The device paths.</summary>
    public string[] Paths { get; }
}
