using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Writes every word of the way of upcalls without pause, while events are raised and sleeps begin.</summary>
internal sealed class UpcallFlood() : Attack("upcall-flood", "floods mask, pending bits, selector, events and notify word of its page while it waits and is granted")
{
    public override void Strike(Assault assault)
    {
        DeviceIndex device = assault.Devices[0];
        while (assault.GoesOn)
        {
            Flood(assault, device);
            switch (assault.Random.Next(4))
            {
                case 0:
                    assault.Grab(device, queue: true);
                    break;
                case 1:
                    assault.Wait((ulong)assault.Random.Next(2));
                    break;
                default:
                    assault.Release(device);
                    assault.Cancel(device);
                    break;
            }
        }
    }

    private static void Flood(Assault assault, DeviceIndex device)
    {
        ref GuestPage page = ref assault.Port.GuestPage;
        for (int turn = 0; turn < 8; turn++)
        {
            Volatile.Write(ref page.UpcallMask, (byte)assault.Random.Next(256));
            Volatile.Write(ref page.UpcallPending, (byte)assault.Random.Next(256));
            Volatile.Write(ref page.PendingSelector, (ulong)assault.Random.NextInt64());
            Volatile.Write(ref page.NotifySequence, (uint)assault.Random.Next());
            Volatile.Write(ref GuestPage.Events(ref page, device), (uint)assault.Random.Next());
            assault.Touch();
        }
    }
}
