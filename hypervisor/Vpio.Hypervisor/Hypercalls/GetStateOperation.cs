using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Answers what the device page would, without naming other owners.</summary>
internal readonly struct GetStateOperation : IOperation<GetStateArgs>
{
    public static InputMask Inputs => new(InputMask.Half);

    public static DeviceStatus Execute(Guest caller, ref GetStateArgs args)
    {
        if (caller.AssignmentOf(new DeviceIndex(args.Device)) is not { } assignment)
            return DeviceStatus.NoDevice;

        StateWord word = assignment.Device.State;
        args.State = (word.Owner == caller.Id ? word : word.WithoutOwner(word.State)).Value;
        args.SliceEndNs = Volatile.Read(ref assignment.Device.Slot.SliceEndNs);
        args.Waiters = (uint)assignment.Device.Ownership.Waiting.Count();
        return DeviceStatus.Ok;
    }
}
