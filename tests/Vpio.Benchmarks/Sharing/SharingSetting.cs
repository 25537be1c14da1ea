using System.Diagnostics;
using Vpio.Benchmarks.Processes;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks.Sharing;

/// <summary>Is a number of guests that share one NIC in slices.</summary>
/// <param name="Guests">How many.</param>
/// <param name="Slice">How long each has it in its turn.</param>
internal readonly record struct SharingSetting(int Guests, TimeSpan Slice)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200); // Short rounds, and many: what else the machine does comes and goes.

    /// <summary>Gets one guest that has the NIC to itself: nobody waits, so no slice ends.</summary>
    public static SharingSetting Exclusive { get; } = new(1, TimeSpan.FromMilliseconds(10));

    // Whole turns of all guests, and two at least, so that a turn that is cut off does not count as unfair.
    private TimeSpan Measured => Guests * Slice * Math.Max(2, (int)Math.Ceiling(Least / (Guests * Slice)));

    /// <summary>Measures, from when all take part.</summary>
    /// <param name="frameBytes">How long the frames are.</param>
    /// <returns>The figures.</returns>
    public SharingFigures Measure(int frameBytes)
    {
        // The slice is what is measured; a long grace keeps a busy machine from stopping a guest.
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = Slice, Grace = TimeSpan.FromSeconds(1) });
        using Participants participants = new(hypervisor, new DiscardingWire(), Guests, Sides.All[0].There);
        using CancellationTokenSource over = new();
        SharingGuest[] guests = [.. Enumerable.Range(0, Guests).Select(i => new SharingGuest(participants[i], frameBytes))];
        Thread[] threads = [.. guests.Select(guest => new Thread(() => guest.Run(over.Token)))];
        foreach (Thread thread in threads)
            thread.Start();

        // One has the NIC and has sent, and all others wait for it.
        SpinWait looks = default;
        while (participants.FramesSent == 0 || Volatile.Read(ref participants.Shared.Slot.Waiters) < Guests - 1)
            looks.SpinOnce();
        (long begin, ulong sent, double[] owned) = (Stopwatch.GetTimestamp(), participants.FramesSent, participants.OwnedMs);
        Thread.Sleep(Measured);
        (long end, sent, owned) = (Stopwatch.GetTimestamp(), participants.FramesSent - sent, [.. participants.OwnedMs.Zip(owned, (now, then) => now - then)]);
        over.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
        double[] waitsMs = [.. guests.SelectMany(guest => guest.WaitsMs(begin, end))];
        return SharingFigures.Of(sent / Stopwatch.GetElapsedTime(begin, end).TotalSeconds, waitsMs, owned);
    }
}
