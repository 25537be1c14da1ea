using System.Numerics;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Fuzz.Rings;
using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Devices;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Fuzz.Tests.Plants;

/// <summary>Are NICs, with their rings, memory and wires, with a fault each.</summary>
internal static class RingPlants
{
    private const string Taken = "takes the descriptors that were posted to a good ring";

    /// <summary>Gets them.</summary>
    public static IEnumerable<Plant> All { get; } =
    [
        // Without the check, what lies between head and tail is taken as far as the ring goes.
        Work("a tail that is not checked", Taken, static (world, work) =>
            With(world, work, NicRegister.TxTail, window =>
            {
                uint head = window.Read32(NicRegister.TxHead);
                uint entries = window.Read32(NicRegister.TxRingEntries);
                return window.Read32(NicRegister.TxTail) - head > entries ? head + entries : window.Read32(NicRegister.TxTail);
            })),
        Work("a ring's size that is not checked", Taken, static (world, work) =>
            With(world, work, NicRegister.TxRingEntries, window => Math.Clamp(BitOperations.RoundUpToPowerOf2(window.Read32(NicRegister.TxRingEntries)), 2, 4096))),
        Work("a batch without an end", Taken, static (_, work) => work.DoBatch() | work.DoBatch()),
        Work("a write of another guest's memory", "A device writes its owner's memory only", static (world, work) =>
        {
            bool worked = work.DoBatch();
            foreach (FuzzGuest guest in world.Guests)
                guest.Memory[worked && world.Nics[0].Device.State.Owner != guest.Guest.Id ? 0 : 1] ^= (byte)(worked ? 1 : 0);
            return worked;
        }),
        Work("a write beside all mappings", "A device writes only what its owner mapped for that", static (world, work) => Flip(world, work, at: FuzzWorld.MemoryBytes - 1)),
        Work("a write behind the guest's memory", "A device writes only what its owner mapped for that", static (world, work) => Flip(world, work, at: FuzzWorld.MemoryBytes)),
        new("a device that works no more after an error", "A fresh guest's frame is sent as it is", new RingsTarget(new Faults { Work = WorkUntilAnError })),
        Wire("a frame in another's name", "comes from the owner's address", static (wire, frame) =>
        {
            frame[11] ^= 3;
            wire.Transmit(frame);
        }),
        Wire("a frame that is too short", "14 to 1514 bytes", static (wire, frame) => wire.Transmit(frame[..13])),
        Wire("a frame out of memory that nobody mapped", "What no guest ever mapped is on no wire", static (wire, frame) =>
        {
            byte[] longer = [.. frame[..14], .. FuzzGuest.Secret];
            wire.Transmit(longer);
        }),
        Wire("a frame that is sent twice", "What a NIC counts as sent is on the wire", static (wire, frame) =>
        {
            wire.Transmit(frame);
            wire.Transmit(frame);
        }),
        Wire("a frame that another hears", "A guest hears what is addressed to it", static (wire, frame) =>
        {
            frame[0] &= 0xFE;
            ((IFrameObserver)wire).Arrived(new DomainId(9), frame, FrameFate.Accepted);
        }),
        Wire("a frame that its sender hears", "No guest hears what it sent itself", static (wire, frame) =>
        {
            frame[0] = 255;
            ((IFrameObserver)wire).Arrived(new DomainId(frame[11]), frame, FrameFate.Accepted);
        }),
        Wire("a sender that does not own the device", "A NIC sends for its owner only", static (wire, frame) => ((IFrameObserver)wire).Sent(new DomainId(9), frame)),
        Wire("nothing that is discarded", "What is discarded is told when there was any", static (wire, frame) => ((IFrameObserver)wire).Discarded(new DomainId(1), 0)),
        Wire("a wire that breaks", "No guest takes the link down", static (_, _) => throw new IOException("cut")),
        Wire("a frame that is changed on its way", "A fresh guest's frame is sent as it is", static (wire, frame) =>
        {
            frame[^1] ^= 1;
            wire.Transmit(frame);
        }),
        new("a mapping that cannot be written", "A fresh guest gets what is for it", new RingsTarget(new Faults { Port = port => new BrokenPort(port, WithoutWriting) })),
    ];

    private static Plant Work(string fault, string promise, Func<FuzzWorld, IDeviceWork, bool> batch) =>
        new(fault, promise, new RingsTarget(new Faults { Work = (world, work) => new BrokenWork(world, work, batch) }));

    private static Plant Wire(string fault, string promise, BrokenSend send) =>
        new(fault, promise, new RingsTarget(new Faults { Wire = wire => new BrokenWire(wire, send) }));

    private static BrokenWork WorkUntilAnError(FuzzWorld world, IDeviceWork work)
    {
        bool ended = false;
        return new BrokenWork(world, work, (_, right) =>
        {
            FuzzNic nic = world.Nics[0];
            ended |= nic.Nic.GetCounters(nic.Device.State.Owner).TxErrors > 0;
            return !ended && right.DoBatch();
        });
    }

    // Lets the device find another value in a register of its owner than the owner wrote.
    private static bool With(FuzzWorld world, IDeviceWork work, uint register, Func<RegisterWindow, uint> value)
    {
        FuzzNic nic = world.Nics[0];
        if (Array.Find(world.Guests, guest => guest.Guest.Id == nic.Device.State.Owner) is not { } owner)
            return work.DoBatch();
        RegisterWindow window = owner.Port.GetWindow(nic.Index);
        if (window.LengthBytes == 0)
            return work.DoBatch(); // A fresh guest, who has the id of one that is gone.
        uint written = window.Read32(register);
        window.Write32(register, value(window));
        bool worked = work.DoBatch();
        window.Write32(register, written);
        return worked;
    }

    private static bool Flip(FuzzWorld world, IDeviceWork work, int at)
    {
        bool worked = work.DoBatch();
        if (worked && Array.Find(world.Guests, guest => guest.Guest.Id == world.Nics[0].Device.State.Owner) is { } owner)
            owner.Whole[at] ^= 1;
        return worked;
    }

    private static long WithoutWriting(IHypercallPort door, DeviceOp op, ref DeviceOpArgument argument)
    {
        if (op == DeviceOp.Map)
            argument.Input3 &= ~(ulong)DmaAccess.Write;
        return door.Call((uint)op, ref argument);
    }
}
