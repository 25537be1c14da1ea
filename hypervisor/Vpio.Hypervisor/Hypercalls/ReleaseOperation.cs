using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Gives a device back.</summary>
internal readonly struct ReleaseOperation : IOperation<ReleaseArgs>
{
    public static InputMask Inputs => new(InputMask.Half, InputMask.All);

    public static DeviceStatus Execute(Guest caller, ref ReleaseArgs args)
    {
        if (caller.AssignmentOf(new DeviceIndex(args.Device)) is not { } assignment)
            return DeviceStatus.NoDevice;

        // Wider than a generation is no generation: cut to 40 bits it might be somebody's.
        if (args.Generation > Generation.Mask)
            return DeviceStatus.NotOwner;
        return assignment.Device.Ownership.Release(caller.Id, new Generation(args.Generation)) == ReleaseOutcome.Released
            ? DeviceStatus.Ok
            : DeviceStatus.NotOwner;
    }
}
