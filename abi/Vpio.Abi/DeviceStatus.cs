using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Is the result of <c>HYPERVISOR_device_op</c>: 0 or a positive result, or a negative Xen errno. The set is closed.</summary>
/// <remarks>Each sentence here is the message that goes with the number. Source: Xen's public/errno.h.</remarks>
[AbiNumbers]
[ReservedNumbers(int.MinValue, -4096, "no errno is that far from 0")]
public enum DeviceStatus
{
    /// <summary>Done.</summary>
    [CName("VPIO_OK")]
    Ok = 0,

    /// <summary>Queued: a GRANTED upcall follows.</summary>
    [CName("VPIO_QUEUED")]
    Queued = 1,

    /// <summary>EPERM: the caller does not own the device in this generation.</summary>
    [CName("VPIO_EPERM")]
    NotOwner = -1,

    /// <summary>ENOENT: there is nothing of the kind to cancel or unmap.</summary>
    [CName("VPIO_ENOENT")]
    NotFound = -2,

    /// <summary>ENOMEM: the hypervisor keeps no more entries of this kind for one guest.</summary>
    [CName("VPIO_ENOMEM")]
    NoMemory = -12,

    /// <summary>EACCES: the guest is stopped; or it is quarantined, which denies it grabs only.</summary>
    [CName("VPIO_EACCES")]
    Denied = -13,

    /// <summary>EFAULT: the argument is not memory that the hypervisor can read and write.</summary>
    [CName("VPIO_EFAULT")]
    BadAddress = -14,

    /// <summary>EBUSY: another guest owns the device, or others wait for it.</summary>
    [CName("VPIO_EBUSY")]
    Busy = -16,

    /// <summary>EEXIST: the caller owns the device already or is about to, or the range overlaps a mapping.</summary>
    [CName("VPIO_EEXIST")]
    Exists = -17,

    /// <summary>ENODEV: there is no such device, or it is not assigned to the caller.</summary>
    [CName("VPIO_ENODEV")]
    NoDevice = -19,

    /// <summary>EINVAL: a reserved field is not zero, or an argument is out of range.</summary>
    [CName("VPIO_EINVAL")]
    Invalid = -22,

    /// <summary>ENOSYS: no operation has this number.</summary>
    [CName("VPIO_ENOSYS")]
    NoSuchOperation = -38,

    /// <summary>EOPNOTSUPP: caller and hypervisor have no major version in common.</summary>
    [CName("VPIO_EOPNOTSUPP")]
    NotSupported = -95,

    /// <summary>ETIMEDOUT: the time given passed before an upcall was pending.</summary>
    [CName("VPIO_ETIMEDOUT")]
    TimedOut = -110,
}
