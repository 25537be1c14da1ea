using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Tracing;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Describes a device and the caller's use of it.</summary>
internal readonly struct QueryOperation : IOperation<QueryArgs>
{
    public static InputMask Inputs => new(InputMask.Half);

    public static DeviceStatus Execute(Guest caller, ref QueryArgs args)
    {
        if (caller.AssignmentOf(new DeviceIndex(args.Device)) is not { } assignment)
            return DeviceStatus.NoDevice;

        SharedDevice device = assignment.Device;
        args.Class = (uint)device.Device.Class;
        args.WindowBytes = device.Device.WindowBytes;
        args.SliceNs = (ulong)device.Terms.SliceNs;
        args.GraceNs = (ulong)device.Terms.GraceNs;
        args.Weight = (uint)assignment.Share.Weight;
        OwnershipStatistics use = assignment.Account.Read(assignment.Account.EndedCount, nowNs: 0, ownsNow: assignment.IsOwned); // Of times, those that ended count.
        args.Grants = use.Grants;
        args.Revocations = use.Revocations;
        args.ForcedStops = use.ForcedStops;
        args.OwnedNs = (ulong)use.Owned.TotalNanoseconds;
        args.WaitedNs = (ulong)use.Waited.TotalNanoseconds;
        assignment.Context.Describe(ref args);
        return DeviceStatus.Ok;
    }
}
