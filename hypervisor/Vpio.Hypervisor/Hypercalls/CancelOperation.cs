using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Leaves the queue of a device.</summary>
internal readonly struct CancelOperation : IOperation<CancelArgs>
{
    public static InputMask Inputs => new(InputMask.Half);

    public static DeviceStatus Execute(Guest caller, ref CancelArgs args)
    {
        if (caller.AssignmentOf(new DeviceIndex(args.Device)) is not { } assignment)
            return DeviceStatus.NoDevice;

        return assignment.Device.Ownership.Cancel(caller.Id) switch
        {
            CancelOutcome.Left => DeviceStatus.Ok,
            CancelOutcome.Granted => DeviceStatus.Exists,
            _ => DeviceStatus.NotFound,
        };
    }
}
