using Vpio.GuestDriver;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Are two guests that never sleep and hand a device to each other: each queues, looks at the state word until it has the device, and releases it.</summary>
internal static class RunningGuests
{
    private const int HandOvers = 200_000;

    /// <summary>Measures a hand-over.</summary>
    /// <returns>How long from one ownership's begin to the next one's, nanoseconds.</returns>
    public static double MeasureHandOver()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Grace = HypervisorOptions.MaxDuration });
        SharedDevice device = hypervisor.AddDevice(new BareDevice());
        BareGuest[] guests = [Running(hypervisor, device), Running(hypervisor, device)];
        return TwoThreads.Measure(HandOvers, side => TakeTurns(guests[side]));
    }

    /// <summary>Measures a hand-over by the driver.</summary>
    /// <returns>How long from one ownership's begin to the next one's, nanoseconds.</returns>
    public static double MeasureHandOverByDriver()
    {
        using SharingGuests guests = new(2);
        return TwoThreads.Measure(HandOvers, side => TakeTurns(guests[side]));
    }

    /// <summary>Measures how long a word takes from one processor to another: two threads count in turn.</summary>
    /// <returns>How long one way takes, nanoseconds.</returns>
    public static double MeasureTransfer()
    {
        long[] words = new long[32];
        return TwoThreads.Measure(HandOvers, side => CountInTurn(ref words[16], side));
    }

    private static BareGuest Running(ReferenceHypervisor hypervisor, SharedDevice device)
    {
        BareGuest guest = new(hypervisor, device);
        guest.Guest.Port.GuestPage.UpcallMask = 1; // It looks itself.
        return guest;
    }

    private static void TakeTurns(BareGuest guest)
    {
        for (int i = 0; i < HandOvers / 2; i++)
        {
            guest.Grab(queue: true);
            while (!guest.Owns)
            {
            }

            guest.Release();
        }
    }

    private static void TakeTurns(GuestDevice device)
    {
        for (int i = 0; i < HandOvers / 2; i++)
        {
            using DeviceLease lease = device.Grab();
        }
    }

    private static void CountInTurn(ref long word, int side)
    {
        for (long turn = side; turn < HandOvers; turn += 2)
        {
            while (Volatile.Read(ref word) != turn)
            {
            }

            Volatile.Write(ref word, turn + 1);
        }
    }
}
