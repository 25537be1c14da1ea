using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is the timer: whenever it likes, the slice or the grace that runs is over. So long slices and short ones are all explored.</summary>
/// <param name="device">The device.</param>
internal sealed class TimerActor(SharedDeviceUnderTest device) : Actor("timer")
{
    private const int Await = 0;
    private const int End = 1;

    public override bool MayWaitForEver => true;

    // As in SharedDevice.SliceUsedUp and GraceUsedUp.
    public override Onward Call(int place, ulong memory)
    {
        if (place == Await)
            return new Onward(End, ExploredMemory.Happen(Happening.AwaitTimed, 0));
        StateWord timed = new(memory);
        if (timed.State == DeviceState.Revoking)
            device.TimeOut(timed);
        else
            EndSlice(timed);
        return new Onward(Await);
    }

    private void EndSlice(StateWord owned)
    {
        switch (device.Ownership.TryRevoke(owned))
        {
            case RevokeOutcome.Begun:
                ExploredMemory.Happen(Happening.StartGrace, owned.With(DeviceState.Revoking).Value);
                break;
            case RevokeOutcome.NobodyWaits:
                ExploredMemory.Happen(Happening.ForgetSlice, owned.Value);
                if (device.Ownership.Waiting.AnyBesides(owned.Owner))
                    ExploredMemory.Happen(Happening.StartSlice, owned.Value);
                break;
        }
    }
}
