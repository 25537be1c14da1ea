using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Agrees on a version: the same major, the lower minor, the features that both know. What was agreed on before is replaced whole.</summary>
internal readonly struct NegotiateOperation : IOperation<NegotiateArgs>
{
    private const ulong MajorAndMinor = 0xFFFF_FFFF;

    public static InputMask Inputs => new(MajorAndMinor, InputMask.All);

    public static DeviceStatus Execute(Guest caller, ref NegotiateArgs args)
    {
        if (args.Major != VpioVersion.Major)
            return DeviceStatus.NotSupported;

        Agreement agreed = caller.Pages.Offered.With(args.Minor, args.Features);
        caller.Agreed = agreed;
        args.AgreedMajor = VpioVersion.Major;
        args.AgreedMinor = agreed.Minor;
        args.AgreedFeatures = agreed.Features;
        args.DomainId = caller.Id.Value;
        args.Devices = (uint)caller.Assignments().Count();
        args.Epoch = caller.Pages.Epoch;
        return DeviceStatus.Ok;
    }
}
