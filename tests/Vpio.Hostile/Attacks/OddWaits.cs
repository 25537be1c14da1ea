using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Sleeps on many threads for odd times: none, one nanosecond, for ever, and nearly for ever.</summary>
internal sealed class OddWaits() : Attack("odd-waits", "sleeps on many threads for no time, for moments, for ever and for times that overflow")
{
    private static readonly ulong[] Times = [ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63, (1UL << 63) - 1, long.MaxValue / 2];

    public override void Strike(Assault assault)
    {
        ref GuestPage page = ref assault.Port.GuestPage;
        while (assault.GoesOn)
        {
            // Threads in the upper half sleep until the guest is stopped, or another wakes them by what it makes pending.
            bool isSleeper = assault.Thread >= 2;
            assault.Wait(isSleeper ? Times[assault.Random.Next(Times.Length)] : (ulong)assault.Random.Next(300));
            if (isSleeper)
                Interlocked.Exchange(ref page.UpcallPending, 0);
            else
                Rouse(assault, ref page);
        }
    }

    private static void Rouse(Assault assault, ref GuestPage page)
    {
        Interlocked.Exchange(ref page.UpcallMask, (byte)assault.Random.Next(2));
        Interlocked.Exchange(ref page.UpcallPending, (byte)assault.Random.Next(2));
        assault.Touch();
        DeviceIndex device = assault.Devices[0];
        assault.Grab(device, queue: true);
        assault.Release(device);
        assault.Cancel(device);
    }
}
