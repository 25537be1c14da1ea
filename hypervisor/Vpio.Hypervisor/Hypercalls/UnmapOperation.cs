using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Ends the reach of devices into a range: when it returns, no DMA goes there any more.</summary>
internal readonly struct UnmapOperation : IOperation<UnmapArgs>
{
    public static InputMask Inputs => new(InputMask.All, InputMask.All);

    public static DeviceStatus Execute(Guest caller, ref UnmapArgs args)
    {
        DeviceStatus status = caller.Iommu.Unmap(args.Iova, args.Length);
        if (status != DeviceStatus.Ok)
            return status;

        // A device that looked at the old table is in a batch that it began before: out of it, it sees the new one.
        foreach (Assignment assignment in caller.Assignments())
            assignment.Device.Gate.Quiesce();
        return DeviceStatus.Ok;
    }
}
