namespace Vpio.Abi.Ownership;

/// <summary>When both are wanted, this device is grabbed before the named ones.</summary>
[AttributeUsage(AttributeTargets.Field, Inherited = false)]
public sealed class GrabBeforeAttribute : Attribute
{
    /// <summary>Names the devices that come later.</summary>
    public GrabBeforeAttribute(params string[] paths) => Paths = paths;
    /// <summary>The device paths.</summary>
    public string[] Paths { get; }
}
