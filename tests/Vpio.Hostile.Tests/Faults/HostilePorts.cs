using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Lets a hostile release through: whoever names the present generation ends the ownership.</summary>
internal sealed class ReleaseForAnybody(IHypercallPort inner, IReadOnlyList<IGroundGuest> neighbours) : PassingPort(inner)
{
    public override long Call(uint cmd, ref DeviceOpArgument argument)
    {
        long result = base.Call(cmd, ref argument);
        if (cmd != (uint)DeviceOp.Release || result != (long)DeviceStatus.NotOwner)
            return result;
        foreach (IGroundGuest neighbour in neighbours)
        {
            DeviceOpArgument copy = argument;
            if (neighbour.Port.Call(cmd, ref copy) == 0)
                return 0;
        }

        return result;
    }
}

/// <summary>Reads the generation of a release once to see that it is not another's, and again to release in it.</summary>
internal sealed class ArgumentReadTwice(IHypercallPort inner, IReadOnlyList<IGroundGuest> neighbours) : PassingPort(inner)
{
    public override long Call(uint cmd, ref DeviceOpArgument argument)
    {
        if (cmd != (uint)DeviceOp.Release)
            return base.Call(cmd, ref argument);
        DeviceIndex device = new((uint)Volatile.Read(ref argument.Input0));
        if (!device.IsValid || Volatile.Read(ref argument.Input1) == WordOf(device).Generation.Value)
            return base.Call(cmd, ref argument);
        DeviceOpArgument again = new() { Input0 = device.Value, Input1 = Volatile.Read(ref argument.Input1) };
        foreach (IGroundGuest neighbour in neighbours)
        {
            if (again.Input1 == WordOf(device).Generation.Value && neighbour.Port.Call(cmd, ref again) == 0)
                return 0;
        }

        return (long)DeviceStatus.NotOwner;
    }
}

/// <summary>Answers a grab with the ownership that another has.</summary>
internal sealed class GrantOfWhatIsOwned(IHypercallPort inner, IReadOnlyList<IGroundGuest> neighbours) : PassingPort(inner)
{
    public override long Call(uint cmd, ref DeviceOpArgument argument)
    {
        DeviceIndex device = new((uint)argument.Input0);
        long result = base.Call(cmd, ref argument);
        if (cmd != (uint)DeviceOp.Grab || result != (long)DeviceStatus.Busy || WordOf(device) is not { IsHeld: true } word || neighbours.All(neighbour => neighbour.Id != word.Owner))
            return result;
        argument.Output = word.Generation.Value;
        return 0;
    }
}

/// <summary>Changes what a neighbour has, at each fiftieth call.</summary>
internal sealed class Intruder(IHypercallPort inner, IReadOnlyList<IGroundGuest> neighbours, Action<IHypercallPort> intrude) : PassingPort(inner)
{
    private int _calls;

    public override long Call(uint cmd, ref DeviceOpArgument argument)
    {
        if (Interlocked.Increment(ref _calls) % 50 == 0)
            intrude(neighbours[0].Port);
        return base.Call(cmd, ref argument);
    }

    /// <summary>Writes where a driver of this tree has memory that it gave to no device: behind its two rings.</summary>
    public static void WriteMemory(IHypercallPort port) => port.MemoryBytes()[300 * 1024] ^= 1;

    public static void WriteReservedByteOfPage(IHypercallPort port) => port.PageBytes()[4000] = 1;

    public static void RaiseForAnotherDevice(IHypercallPort port) => Interlocked.Or(ref port.GuestPage.PendingSelector, 1UL << 40);

    public static void RaiseUnknownEvent(IHypercallPort port) => Interlocked.Or(ref GuestPage.Events(ref port.GuestPage, new DeviceIndex(0)), 1U << 30);

    public static void CountRefusedFrame(IHypercallPort port) => port.GetWindow(new DeviceIndex(0)).Write64(NicRegister.TxErrors, 1);

    public static void TurnOff(IHypercallPort port) => port.GetWindow(new DeviceIndex(0)).Write32(NicRegister.Control, 0);

    public static void WriteRegister(IHypercallPort port) => port.GetWindow(new DeviceIndex(0)).Write64(NicRegister.RxRingIova, 0x5000);
}

/// <summary>Answers something else than the hypervisor did.</summary>
internal sealed class OtherAnswer(IHypercallPort inner, Func<uint, long, long> answer) : PassingPort(inner)
{
    public override long Call(uint cmd, ref DeviceOpArgument argument) => answer(cmd, base.Call(cmd, ref argument));
}
