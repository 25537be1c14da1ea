using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Makes hypercalls of every kind with random, almost right and extreme arguments, and scribbles on all that a guest may write.</summary>
internal sealed class RandomCaller(Random random, RawGuest[] guests, bool mayWait)
{
    private static readonly ulong[] Extremes =
        [0, 1, 4095, 4096, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1UL << 40, (1UL << 63) - 1, 1UL << 63, 0xFFFF_FFFF_FFFF_F000, ulong.MaxValue];

    /// <summary>Gets the ownerships that a grab returned, and those that a release gave back: device and generation.</summary>
    public List<(uint Device, ulong Generation)> Grabbed { get; } = [];

    public List<(uint Device, ulong Generation)> Released { get; } = [];

    public HashSet<DeviceStatus> Seen { get; } = [];

    public void CallOnce()
    {
        RawGuest guest = guests[random.Next(guests.Length)];
        if (random.Next(50) == 0)
            Scribble(guest);
        uint cmd = random.Next(40) == 0 ? (uint)Extreme() : (uint)random.Next(9);
        if (random.Next(500) == 0)
        {
            Book(guest.Port.CallWithNull(cmd), cmd);
            return;
        }

        DeviceOpArgument argument = ArgumentFor(guest, (DeviceOp)cmd);
        (uint device, ulong generation) = ((uint)argument.Input0, argument.Input1);
        DeviceStatus status = (DeviceStatus)guest.Port.Call(cmd, ref argument);
        Book(status, cmd);
        if (status == DeviceStatus.Ok && cmd == (uint)DeviceOp.Release)
            Released.Add((device, generation));
        if (status == DeviceStatus.Ok && cmd == (uint)DeviceOp.Grab)
            Grabbed.Add((device, BitConverter.ToUInt64(RawCalls.Outputs(ref argument))));
    }

    private void Book(DeviceStatus status, uint cmd)
    {
        if (!Enum.IsDefined(status))
            throw new InvalidOperationException($"cmd {cmd} gave {(long)status}, which is no status");
        Seen.Add(status);
    }

    private DeviceOpArgument ArgumentFor(RawGuest guest, DeviceOp operation)
    {
        DeviceOpArgument argument = operation switch
        {
            DeviceOp.Negotiate => RawCalls.Argument(random.Next(4) == 0 ? Extreme() : 1, Extreme()),
            DeviceOp.GetState or DeviceOp.Query or DeviceOp.Cancel => RawCalls.Argument(Device()),
            DeviceOp.Grab => RawCalls.Argument(Device() | ((ulong)random.Next(2) << 32)),
            DeviceOp.Release => ReleaseOf(guest),
            DeviceOp.Map => RawCalls.Argument(Address(), Address(), Address() & 0xFFFF, (ulong)random.Next(1, 4)),
            DeviceOp.Unmap => RawCalls.Argument(Address(), Address() & 0xFFFF),
            DeviceOp.Wait => RawCalls.Argument(mayWait ? (ulong)random.Next(20_000) : 0),
            _ => RawCalls.Argument(Extreme(), Extreme(), Extreme(), Extreme()),
        };

        // A wait keeps its short time: a flipped bit there would only make the test sleep.
        if (random.Next(8) == 0)
            RawCalls.FlipInputBit(ref argument, random.Next(operation == DeviceOp.Wait ? 64 : 0, 256));
        return argument;
    }

    private DeviceOpArgument ReleaseOf(RawGuest guest)
    {
        ulong device = Device();
        DeviceIndex index = new((uint)device);
        ulong generation = random.Next(6) == 0 || !index.IsValid ? Extreme() : guest.WordOf(index).Generation.Value;
        return RawCalls.Argument(device, generation);
    }

    private ulong Device() => random.Next(12) == 0 ? (uint)Extreme() : (ulong)random.Next(2);

    private ulong Address() => random.Next(10) == 0 ? Extreme() : (ulong)random.Next(64) * 4096;

    private ulong Extreme() => random.Next(3) == 0 ? (ulong)random.NextInt64(long.MinValue, long.MaxValue) : Extremes[random.Next(Extremes.Length)];

    private void Scribble(RawGuest guest)
    {
        DeviceIndex device = new((uint)random.Next(2));
        ref GuestPage page = ref guest.Port.GuestPage;
        page.UpcallMask = (byte)random.Next(256);
        page.UpcallPending = (byte)random.Next(2);
        page.PendingSelector = Extreme();
        page.Header.Epoch = Extreme();
        GuestPage.Events(ref page, device) = (uint)Extreme();
        if (guest.Port.GetWindow(device) is { LengthBytes: > 0 } window)
            window.Write64((uint)random.Next((int)window.LengthBytes / 8) * 8, Extreme());
        guest.Port.Kick(device);
        guest.Port.Kick(new DeviceIndex((uint)Extreme()));
    }
}
