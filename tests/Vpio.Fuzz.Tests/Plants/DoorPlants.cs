using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Fuzz.Door;
using Vpio.Fuzz.Worlds;

namespace Vpio.Fuzz.Tests.Plants;

/// <summary>Are doors with a fault each.</summary>
internal static class DoorPlants
{
    private const long Invalid = (long)DeviceStatus.Invalid;

    /// <summary>Gets them: the fault, the promise that it breaks, the target.</summary>
    public static IEnumerable<Plant> All { get; } =
    [
        // What the guest has in the argument by then may be another device.
        Door("a door that reads its argument again", "owns it in the generation that it was told", static (door, op, ref argument) =>
        {
            long result = door.Call((uint)op, ref argument);
            if (op == DeviceOp.Grab && result == 0)
                argument.Output = WordOf(door, argument.Input0).Generation.Value;
            return result;
        }),
        Door("a door that writes before it refuses", "A call that fails writes nothing", static (door, op, ref argument) =>
        {
            long result = door.Call((uint)op, ref argument);
            if (result < 0 && !Unsafe.IsNullRef(ref argument))
                argument.Output = 0;
            return result;
        }),
        Door("a door that writes into inputs", "Inputs are not written", static (door, op, ref argument) =>
        {
            long result = door.Call((uint)op, ref argument);
            if (op == DeviceOp.GetState && result == 0)
                argument.Input1 = 1;
            return result;
        }),
        Door("an owner that is shown to others", "No other owner is shown", static (door, op, ref argument) =>
        {
            long result = door.Call((uint)op, ref argument);
            if (op == DeviceOp.GetState && result == 0)
                argument.Output = WordOf(door, argument.Input0).Value;
            return result;
        }),
        Door("outputs that have no meaning", "Outputs without a meaning are zero", static (door, op, ref argument) =>
        {
            long result = door.Call((uint)op, ref argument);
            if (op == DeviceOp.Map && result == 0)
                argument.Output = 1;
            return result;
        }),
        Door("features that nobody asked for", "No feature is on that was not asked for", static (door, op, ref argument) =>
        {
            long result = door.Call((uint)op, ref argument);
            if (op == DeviceOp.Negotiate && result == 0)
                Unsafe.As<DeviceOpArgument, NegotiateArgs>(ref argument).AgreedFeatures = 1UL << 63;
            return result;
        }),
        Door("another's address", "A guest is told its own address", static (door, op, ref argument) =>
        {
            long result = door.Call((uint)op, ref argument);
            if (op == DeviceOp.Query && result == 0)
                Unsafe.As<DeviceOpArgument, QueryArgs>(ref argument).MacAddress ^= 1;
            return result;
        }),
        Door("a generation that is cut to 40 bits", "Only its owner releases a device", static (door, op, ref argument) =>
        {
            if (op != DeviceOp.Release || Unsafe.IsNullRef(ref argument))
                return door.Call((uint)op, ref argument);
            DeviceOpArgument cut = argument;
            cut.Input1 &= Generation.Mask;
            long result = door.Call((uint)op, ref cut);
            if (result == 0)
                Unsafe.As<DeviceOpArgument, ReleaseArgs>(ref argument) = Unsafe.As<DeviceOpArgument, ReleaseArgs>(ref cut);
            return result;
        }),
        Door("a release that says that it failed", "A call that fails changes no state word", static (door, op, ref argument) =>
            Changed(door, op, ref argument, DeviceOp.Release, 0, (long)DeviceStatus.NotOwner)),
        Door("an error that is not of the ABI", "The set of results is closed", static (door, op, ref argument) => Changed(door, op, ref argument, op, Invalid, -3)),
        Door("an error without its sign", "The set of results is closed", static (door, op, ref argument) => Changed(door, op, ref argument, op, Invalid, Invalid & uint.MaxValue)),
        Door("bits without a meaning that are let through", "refused as the specification says", static (door, op, ref argument) => Changed(door, op, ref argument, DeviceOp.Query, Invalid, 0)),
        Door("a stopped guest that is served", "refused as the specification says", static (door, op, ref argument) => Changed(door, op, ref argument, op, (long)DeviceStatus.Denied, 0)),
        Door("an operation more", "refused as the specification says", static (door, op, ref argument) => Changed(door, op, ref argument, op, (long)DeviceStatus.NoSuchOperation, 0)),
        Door("a grab that queues unasked", "Only who asks for that is queued", static (door, op, ref argument) => Changed(door, op, ref argument, DeviceOp.Grab, (long)DeviceStatus.Busy, 1)),
        Door("a wait that says that it queued", "Only a grab queues", static (door, op, ref argument) => Changed(door, op, ref argument, DeviceOp.Wait, 0, 1)),
        Door("nobody is served any more", "A fresh guest is served", static (door, op, ref argument) => Changed(door, op, ref argument, DeviceOp.Negotiate, 0, Invalid)),
        Door("nobody is granted anything any more", "A fresh guest gets a free device", static (door, op, ref argument) => Changed(door, op, ref argument, DeviceOp.Grab, 0, (long)DeviceStatus.Busy)),
        new("a device that is taken before anybody asks", "What removed guests had is free", new DoorTarget(new Faults { Port = Taken })),
        Word("a generation that goes back", "No generation goes back", (_, word) => new StateWord(DeviceState.Free, DomainId.Invalid, new Generation(word.Generation.Value - 1))),
        Word("a device that went offline by itself", "A device at rest is free, owned or revoked", (_, word) => word.WithoutOwner(DeviceState.Offline)),
        Word("a free device with an owner", "A device that nobody holds names no owner", (_, word) => word.With(DeviceState.Free)),
        Word("an owner that did not ask", "Nobody owns what it did not ask for", (_, word) => word.NextGrant(DeviceState.Owned, new DomainId(word.Owner.Value == 1 ? (ushort)2 : (ushort)1))),
        Word("a generation for two owners", "Each ownership has a generation of its own", (_, word) => new StateWord(DeviceState.Owned, new DomainId(word.Owner.Value == 1 ? (ushort)2 : (ushort)1), word.Generation)),
        Word("a stop that leaves the device with its owner", "An owner is a guest that runs", (world, word) =>
        {
            Array.Find(world.Guests, guest => guest.Guest.Id == word.Owner)?.Guest.Stop();
            return word;
        }),
    ];

    private static IHypercallPort Taken(IHypercallPort port)
    {
        DeviceOpArgument grab = default;
        port.Call((uint)DeviceOp.Grab, ref grab);
        return port;
    }

    private static Plant Door(string fault, string promise, BrokenCall call) =>
        new(fault, promise, new DoorTarget(new Faults { Port = port => new BrokenPort(port, call) }));

    // Puts another word in the place of one that says that somebody owns the device.
    private static Plant Word(string fault, string promise, Func<FuzzWorld, StateWord, StateWord> change) =>
        new(fault, promise, new DoorTarget(new Faults
        {
            Work = (world, work) => new BrokenWork(world, work, (_, right) =>
            {
                bool worked = right.DoBatch();
                FuzzNic nic = world.Nics[0];
                StateWord word = nic.Device.State;
                if (word.State == DeviceState.Owned)
                    Volatile.Write(ref nic.Device.Slot.State, change(world, word).Value);
                return worked;
            }),
        }));

    private static long Changed(IHypercallPort door, DeviceOp op, ref DeviceOpArgument argument, DeviceOp which, long from, long to)
    {
        long result = door.Call((uint)op, ref argument);
        return op == which && result == from ? to : result;
    }

    private static StateWord WordOf(IHypercallPort door, ulong input)
    {
        DeviceIndex device = new((uint)input);
        return device.IsValid ? DeviceSlot.ReadState(in DevicePage.Slot(in door.DevicePage, device)) : StateWord.Unused;
    }
}
