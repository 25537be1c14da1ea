using Vpio.Abi;
using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Guests;

namespace Vpio.Fuzz.Door;

/// <summary>Is a run of an input: each step is a guest's, a device's, the clock's or domain 0's.</summary>
/// <param name="world">The world.</param>
internal sealed class DoorRun(FuzzWorld world)
{
    private readonly DoorLaw _law = new(world);
    private FuzzGuest? _former;

    /// <summary>Gets what happened.</summary>
    public Course Course { get; } = new();

    /// <summary>Does what the next bytes say, and judges it.</summary>
    /// <param name="reader">The input.</param>
    public void Step(ref InputReader reader)
    {
        byte what = reader.NextByte();
        FuzzGuest guest = world.Guests[what & 1];
        FuzzNic nic = world.Nics[(what >> 1) & 1];
        _law.Begin();
        switch ((what >> 2) % 16)
        {
            case <= 2:
                Call(AnyCall(guest, ref reader));
                break;
            case 3:
                Call(TypedCall(_former ?? guest, nic, ref reader));
                break;
            case <= 6:
                Call(TypedCall(guest, nic, ref reader));
                break;
            case 7:
                Call(Release(guest, nic));
                break;
            case 8:
                reader.Scribble(guest.Page);
                break;
            case 9:
                reader.Scribble(guest.Window(nic.Index));
                break;
            case 10:
                guest.Port.Kick(nic.Index);
                nic.Step(fallsAsleep: reader.Pick(2) == 0);
                break;
            case 11 or 12:
                world.Time.Advance(TimeSpan.FromMicroseconds(100 * (1 + reader.NextByte())));
                break;
            case 13:
                StopOrResume(guest.Guest);
                break;
            case 14:
                _former = world.ReplaceGuest(what & 1);
                _law.Gone(_former.Guest.Id);
                break;
            default:
                world.ReplaceNic((what >> 1) & 1);
                _law.Replaced(nic.Index);
                break;
        }

        _law.End();
        foreach (FuzzNic each in world.Nics)
            Course.Add(each.Device.State.Value);
    }

    private static void StopOrResume(Guest guest)
    {
        if (guest.State == GuestState.Running)
            guest.Stop();
        else
            guest.Resume();
    }

    // Whatever the bytes say.
    private static DoorCall AnyCall(FuzzGuest guest, ref InputReader reader)
    {
        DoorCall call = new() { Caller = guest, Cmd = (uint)reader.NextNumber(), Place = (ArgumentPlace)reader.Pick(5), WindowOf = new DeviceIndex((uint)reader.Pick(2)), Offset = reader.NextUInt16() };
        call.Inputs[0] = (uint)reader.NextNumber() | (reader.NextNumber() << 32);
        for (int word = 1; word < 4; word++)
            call.Inputs[word] = reader.NextNumber();
        return call;
    }

    // An operation, with as many words as it has.
    private static DoorCall TypedCall(FuzzGuest guest, FuzzNic nic, ref InputReader reader)
    {
        DeviceOp op = (DeviceOp)reader.Pick(9);
        ArgumentPlace place = (ArgumentPlace)reader.Pick(4);
        DoorCall call = new() { Caller = guest, Cmd = (uint)op, Place = place, WindowOf = nic.Index, Offset = place == ArgumentPlace.Apart ? 0 : reader.NextUInt16() };
        call.Inputs[0] = nic.Index.Value;
        switch (op)
        {
            case DeviceOp.Negotiate:
                call.Inputs[0] = VpioVersion.Major | (reader.NextNumber() << 16);
                call.Inputs[1] = reader.NextNumber();
                break;
            case DeviceOp.Grab:
                call.Inputs[0] |= (ulong)reader.Pick(2) << 32;
                break;
            case DeviceOp.Release:
                call.Inputs[1] = nic.Device.State.Generation.Value ^ (1UL << reader.Pick(64)); // One bit off, low or high.
                break;
            case DeviceOp.Map:
                call.Inputs[0] = Pages(reader.Pick(32));
                call.Inputs[1] = Pages(reader.Pick(20));
                call.Inputs[2] = Pages(reader.Pick(4));
                call.Inputs[3] = (ulong)reader.Pick(4);
                break;
            case DeviceOp.Unmap:
                call.Inputs[0] = Pages(reader.Pick(32));
                call.Inputs[1] = Pages(reader.Pick(4));
                break;
            case DeviceOp.Wait:
                call.Inputs[0] = reader.NextNumber();
                break;
        }

        return call;
    }

    private static ulong Pages(int count) => (ulong)count * 4096;

    private static DoorCall Release(FuzzGuest guest, FuzzNic nic)
    {
        DoorCall call = new() { Caller = guest, Cmd = (uint)DeviceOp.Release };
        call.Inputs[0] = nic.Index.Value;
        call.Inputs[1] = nic.Device.State.Generation.Value;
        return call;
    }

    private void Call(DoorCall call)
    {
        call.Make();
        CallLaw.Judge(call, _law);
        Course.Add((ulong)call.Result);
    }
}
