using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hostile.Attacks;

/// <summary>Posts descriptors that point everywhere: nowhere, at others' addresses, round the end of the address space, of no length and of every length.</summary>
internal sealed class WildDescriptors() : Attack("wild-descriptors", "descriptors that point everywhere, with any length and flags, rewritten while the device reads them")
{
    public override void Strike(Assault assault)
    {
        HostileNumbers numbers = new(assault);
        DeviceIndex device = assault.Devices[0];
        HostileRings rings = new(assault, device);
        while (assault.GoesOn && assault.Hold(device))
        {
            rings.SetUp();
            uint transmit = 0;
            uint receive = HostileRings.Entries;
            while (assault.GoesOn && assault.WordOf(device).State == DeviceState.Owned)
            {
                for (uint i = 0; i < 16; i++)
                    Spoil(assault, rings, numbers);
                rings.Write32(NicRegister.TxTail, transmit += 8);
                rings.Write32(NicRegister.RxTail, receive += 1);
                rings.Ring();
                if (assault.Grab(device, queue: false) == DeviceStatus.Denied || assault.Random.Next(16) == 0)
                    break;
            }

            assault.Release(device);
        }
    }

    private static void Spoil(Assault assault, HostileRings rings, HostileNumbers numbers)
    {
        uint place = (uint)assault.Random.Next((int)HostileRings.Entries);
        ref NicDescriptor descriptor = ref assault.Random.Next(2) == 0 ? ref rings.Transmit(place) : ref rings.Receive(place);
        descriptor.Iova = assault.Random.Next(3) switch
        {
            0 => numbers.Extreme(),
            1 => 0x1_0000_0000 + (ulong)assault.Random.Next(0x10_0000), // Where drivers of this tree have their own memory.
            _ => HostileRings.Iova + (ulong)assault.Random.Next(-4096, 0x10_1000),
        };
        descriptor.LengthBytes = assault.Random.Next(3) == 0 ? (uint)numbers.Extreme() : (uint)assault.Random.Next(1600);
        descriptor.Flags = assault.Random.Next(4) == 0 ? (uint)numbers.Extreme() : 0;
        assault.Touch();
    }
}
