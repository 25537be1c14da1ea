using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Coyote.Tests.Control;

/// <summary>Is a guest that makes bare calls about the first device and takes no upcalls.</summary>
internal sealed class Joiner(Guest guest)
{
    public void Queue() => Call(DeviceOp.Grab, GrabArgs.Queue);

    public void Cancel() => Call(DeviceOp.Cancel);

    public DeviceStatus Call(DeviceOp operation, uint flags = 0)
    {
        // The device in bytes 0 to 3, and the flags of a grab after it.
        DeviceOpArgument argument = new() { Input0 = (ulong)flags << 32 };
        return (DeviceStatus)guest.Port.Call((uint)operation, ref argument);
    }
}
