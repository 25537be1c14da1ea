using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Holds the numbers that name this version of the ABI.</summary>
[AbiNumbers]
public static class VpioVersion
{
    /// <summary>The hypercall number of <c>HYPERVISOR_device_op</c>, provisional: upstream Xen has not allocated it.</summary>
    [CName("__HYPERVISOR_device_op")]
    public const uint HypercallNumber = 47;

    /// <summary>The major version: a guest and a hypervisor work together only if they have one in common.</summary>
    [CName("VPIO_VERSION_MAJOR")]
    public const ushort Major = 1;

    /// <summary>The minor version: grows by additions that an older peer may ignore.</summary>
    [CName("VPIO_VERSION_MINOR")]
    public const ushort Minor = 0;

    /// <summary>The features of this version that a guest may turn on; unknown bits are ignored.</summary>
    [CName("VPIO_FEATURES")]
    public const ulong Features = 0;
}
