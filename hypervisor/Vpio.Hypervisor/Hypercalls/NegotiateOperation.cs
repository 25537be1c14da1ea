using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Agrees on a version: the same major, the lower minor, the features that both know.</summary>
internal readonly struct NegotiateOperation : IOperation<NegotiateArgs>
{
    private const ulong MajorAndMinor = 0xFFFF_FFFF;

    public static InputMask Inputs => new(MajorAndMinor, InputMask.All);

    public static DeviceStatus Execute(Guest caller, ref NegotiateArgs args)
    {
        if (args.Major != VpioVersion.Major)
            return DeviceStatus.NotSupported;

        args.AgreedMajor = VpioVersion.Major;
        args.AgreedMinor = Math.Min(args.Minor, VpioVersion.Minor);
        args.AgreedFeatures = args.Features & VpioVersion.Features;
        args.DomainId = caller.Id.Value;
        args.Devices = (uint)caller.Assignments().Count();
        args.Epoch = caller.Pages.Epoch;
        return DeviceStatus.Ok;
    }
}
