using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hostile.Attacks;

/// <summary>Gives the device rings of any size at any address and tails of any number, before and while they run.</summary>
internal sealed class RingNumbers() : Attack("ring-numbers", "ring addresses, sizes and tails out of range, changed while the rings run")
{
    private static readonly uint[] Registers =
        [NicRegister.TxTail, NicRegister.RxTail, NicRegister.TxRingEntries, NicRegister.RxRingEntries, NicRegister.Control, NicRegister.InterruptArm, NicRegister.TxHead, NicRegister.RxHead];

    public override void Strike(Assault assault)
    {
        HostileNumbers numbers = new(assault);
        DeviceIndex device = assault.Devices[0];
        HostileRings rings = new(assault, device);
        while (assault.GoesOn && assault.Hold(device))
        {
            rings.SetUp();
            for (int turn = 0; turn < 200 && assault.GoesOn && assault.WordOf(device).State == DeviceState.Owned; turn++)
                Spoil(assault, rings, numbers, device);
            assault.Release(device);
        }
    }

    private static void Spoil(Assault assault, HostileRings rings, HostileNumbers numbers, DeviceIndex device)
    {
        switch (assault.Random.Next(8))
        {
            case 0:
                rings.SetUp();
                break;
            case 1:
                rings.Window.Write64(assault.Random.Next(2) == 0 ? NicRegister.TxRingIova : NicRegister.RxRingIova, numbers.Extreme());
                assault.Touch();
                break;
            case 2:
                Latch(rings, numbers);
                break;
            default:
                rings.Write32(Registers[assault.Random.Next(Registers.Length)], (uint)numbers.Extreme());
                break;
        }

        rings.Ring();
        assault.Grab(device, queue: false);
    }

    /// <summary>Has the device take an address and a size that it has not seen.</summary>
    private static void Latch(HostileRings rings, HostileNumbers numbers)
    {
        rings.Write32(NicRegister.Control, 0);
        rings.Ring();
        rings.Window.Write64(NicRegister.TxRingIova, HostileRings.Iova + (numbers.Address() & 0xF_FFF0));
        rings.Write32(NicRegister.TxRingEntries, (uint)numbers.Extreme());
        rings.Write32(NicRegister.TxTail, (uint)numbers.Extreme());
        rings.Write32(NicRegister.Control, (uint)(NicControl.TxEnable | NicControl.RxEnable));
    }
}
