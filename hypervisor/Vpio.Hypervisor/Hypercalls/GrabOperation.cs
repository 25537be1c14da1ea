using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Asks for a device.</summary>
internal readonly struct GrabOperation : IOperation<GrabArgs>
{
    public static InputMask Inputs => new(InputMask.Half | ((ulong)GrabArgs.Queue << 32));

    public static DeviceStatus Execute(Guest caller, ref GrabArgs args)
    {
        if (caller.AssignmentOf(new DeviceIndex(args.Device)) is not { } assignment)
            return DeviceStatus.NoDevice;
        if (caller.IsBarred)
            return DeviceStatus.Denied;

        SharedDevice device = assignment.Device;
        bool queue = (args.Flags & GrabArgs.Queue) != 0;
        switch (device.Ownership.Grab(caller.Id, queue, out StateWord owned))
        {
            case GrabOutcome.Owned:
                args.Generation = owned.Generation.Value;
                args.SliceEndNs = Volatile.Read(ref device.Slot.SliceEndNs);
                return DeviceStatus.Ok;
            case GrabOutcome.Queued:
                args.Ahead = (uint)Math.Max(0, device.Ownership.Waiting.Count() - 1);
                return DeviceStatus.Queued;
            case GrabOutcome.AlreadyOwned:
                return DeviceStatus.Exists;
            case GrabOutcome.Offline:
                return DeviceStatus.NoDevice;
            case GrabOutcome.Stopped:
                return DeviceStatus.Denied;
            default:
                return DeviceStatus.Busy;
        }
    }
}
