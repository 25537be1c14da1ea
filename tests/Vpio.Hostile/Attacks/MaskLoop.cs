using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Masks and unmasks its upcalls in a loop on one thread while others sleep and are woken.</summary>
internal sealed class MaskLoop() : Attack("mask-loop", "masks and unmasks upcalls in a loop on one thread while others wait and are granted the device")
{
    public override void Strike(Assault assault)
    {
        DeviceIndex device = assault.Devices[0];
        while (assault.GoesOn)
        {
            if (assault.Thread == 0)
                Toggle(assault);
            else
                WaitForTurn(assault, device);
        }
    }

    private static void Toggle(Assault assault)
    {
        ref GuestPage page = ref assault.Port.GuestPage;
        for (int turn = 0; turn < 64; turn++)
        {
            Interlocked.Exchange(ref page.UpcallMask, (byte)(turn & 1));
            assault.Touch();
        }

        assault.Wait(0);
    }

    private static void WaitForTurn(Assault assault, DeviceIndex device)
    {
        assault.Grab(device, queue: true);
        assault.TakeEvents();
        assault.Wait((ulong)assault.Random.Next(50_000));
        assault.Release(device);
    }
}
