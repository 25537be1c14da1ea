using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Sleeps until an upcall is pending. The one operation that blocks; a stop of the caller ends it.</summary>
internal readonly struct WaitOperation : IOperation<WaitArgs>
{
    public static InputMask Inputs => new(InputMask.All);

    public static DeviceStatus Execute(Guest caller, ref WaitArgs args) =>
        caller.Upcalls.Wait(args.TimeoutNs == WaitArgs.Forever ? null : (long)Math.Min(args.TimeoutNs, long.MaxValue));
}
