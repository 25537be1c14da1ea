namespace Vpio.Abi;

/// <summary>Holds the numbers that name this version of the ABI.</summary>
public static class VpioVersion
{
    /// <summary>The hypercall number of <c>HYPERVISOR_device_op</c>, provisional: upstream Xen has not allocated it.</summary>
    public const uint HypercallNumber = 47;

    /// <summary>The major version: a guest and a hypervisor work together only if they have one in common.</summary>
    public const ushort Major = 1;

    /// <summary>The minor version: grows by additions that an older peer may ignore.</summary>
    public const ushort Minor = 0;

    /// <summary>The features of this version that a guest may turn on; unknown bits are ignored.</summary>
    public const ulong Features = 0;
}
