using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Loses a wake-up: a guest that was told it waits is forgotten.</summary>
internal sealed class ForgottenWaiter(IHypercallPort inner) : PassingPort(inner)
{
    private const int Remembered = 1;

    private int _queued;

    public override long Call(uint cmd, ref DeviceOpArgument argument)
    {
        DeviceOpArgument cancel = new() { Input0 = (uint)argument.Input0 };
        long result = base.Call(cmd, ref argument);
        if (cmd == (uint)DeviceOp.Grab && result == (long)DeviceStatus.Queued && Interlocked.Increment(ref _queued) > Remembered)
            base.Call((uint)DeviceOp.Cancel, ref cancel);
        return result;
    }
}

/// <summary>Passes a waiter over: it joins the queue when others have had the device many times.</summary>
internal sealed class PassedOver(IHypercallPort inner) : PassingPort(inner)
{
    private const ulong Others = 40;
    private static readonly TimeSpan AtTheLatest = TimeSpan.FromSeconds(5);

    public override long Call(uint cmd, ref DeviceOpArgument argument)
    {
        DeviceOpArgument grab = argument;
        long result = base.Call(cmd, ref argument);
        DeviceIndex device = new((uint)grab.Input0);
        DeviceOpArgument cancel = new() { Input0 = device.Value };
        if (cmd == (uint)DeviceOp.Grab && result == (long)DeviceStatus.Queued && base.Call((uint)DeviceOp.Cancel, ref cancel) == 0)
            new Thread(() => JoinLate(device, grab)) { IsBackground = true }.Start();
        return result;
    }

    private void JoinLate(DeviceIndex device, DeviceOpArgument grab)
    {
        ulong first = WordOf(device).Generation.Value;
        SpinWait.SpinUntil(() => WordOf(device).Generation.Value > first + Others, AtTheLatest);

        // A grant at once would come without an upcall, and the driver would sleep through it.
        while (base.Call((uint)DeviceOp.Grab, ref grab) == 0)
        {
            DeviceOpArgument release = new() { Input0 = device.Value, Input1 = grab.Output };
            base.Call((uint)DeviceOp.Release, ref release);
        }
    }
}
