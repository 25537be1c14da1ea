using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Iommu;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Lets devices reach a range of the caller's memory.</summary>
internal readonly struct MapOperation : IOperation<MapArgs>
{
    public static InputMask Inputs => new(InputMask.All, InputMask.All, InputMask.All, (ulong)DmaAccess.ReadWrite);

    public static DeviceStatus Execute(Guest caller, ref MapArgs args)
    {
        bool wholePages = (args.Iova | args.Address | args.Length) % MapArgs.Granule == 0;
        bool withinMemory = args.Length <= (ulong)caller.Pages.MemoryBytes
            && args.Address <= (ulong)caller.Pages.MemoryBytes - args.Length;
        bool wraps = args.Iova > ulong.MaxValue - args.Length;
        if (!wholePages || !withinMemory || wraps || args.Length == 0 || args.Access == 0)
            return DeviceStatus.Invalid;

        return caller.Iommu.Map(new IommuMapping(args.Iova, (long)args.Address, args.Length, (DmaAccess)args.Access));
    }
}
