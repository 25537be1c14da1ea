using Vpio.Abi.Layout;
using Vpio.Abi.Operations;

namespace Vpio.Abi;

/// <summary>Numbers the operations of <c>HYPERVISOR_device_op</c>, its <c>cmd</c> argument.</summary>
/// <remarks>Source: <c>docs/abi.md</c>, "The hypercall".</remarks>
[AbiNumbers]
public enum DeviceOp : uint
{
    /// <summary>Agrees on a version and features; see <see cref="NegotiateArgs"/>.</summary>
    [CName("DEVOP_negotiate")]
    Negotiate = 0,

    /// <summary>Reads a device's state, for guests that map no device page; see <see cref="GetStateArgs"/>.</summary>
    [CName("DEVOP_get_state")]
    GetState = 1,

    /// <summary>Asks to own a device, at once or in turn; see <see cref="GrabArgs"/>.</summary>
    [CName("DEVOP_grab")]
    Grab = 2,

    /// <summary>Gives a device back; see <see cref="ReleaseArgs"/>.</summary>
    [CName("DEVOP_release")]
    Release = 3,

    /// <summary>Leaves the queue of a device; see <see cref="CancelArgs"/>.</summary>
    [CName("DEVOP_cancel")]
    Cancel = 4,

    /// <summary>Describes a device and the caller's use of it; see <see cref="QueryArgs"/>.</summary>
    [CName("DEVOP_query")]
    Query = 5,

    /// <summary>Lets the devices that the caller owns reach a range of its memory; see <see cref="MapArgs"/>.</summary>
    [CName("DEVOP_map")]
    Map = 6,

    /// <summary>Ends that, before it returns; see <see cref="UnmapArgs"/>.</summary>
    [CName("DEVOP_unmap")]
    Unmap = 7,

    /// <summary>Sleeps until an upcall is pending; see <see cref="WaitArgs"/>.</summary>
    [CName("DEVOP_wait")]
    Wait = 8,
}
