using System.Diagnostics;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Measures what grab, release and hand-over cost with 2 to 1,024 guests and 1 to 63 devices, against the smallest of each.</summary>
internal static class ScaleBenchmark
{
    private const int Pairs = 50_000;

    // Nothing is to end by itself.
    private static readonly HypervisorOptions Calm = new() { Slice = HypervisorOptions.MaxDuration, Grace = HypervisorOptions.MaxDuration, GuestMemoryBytes = 4096 };

    public static void Run()
    {
        Console.WriteLine("Cost against the number of guests and devices (one thread, a device that does nothing)");
        using Scene two = new(guests: 2, devices: 1);
        foreach (int guests in (int[])[16, 64, 256, 1024])
        {
            using Scene many = new(guests, devices: 1);
            Compare($"uncontended grab and release, {guests:N0} guests", many.GrabAndRelease, "with 2 guests", two.GrabAndRelease);
            Compare($"hand-over, 2 of {guests:N0} guests want it", () => many.HandOver(2), "with 2 guests", () => two.HandOver(2));
            Compare($"hand-over, all {guests:N0} guests want it", () => many.HandOver(guests), "with 2 guests", () => two.HandOver(2));
        }

        using Scene full = new(guests: 2, devices: 63);
        Compare("uncontended grab and release, 63 devices", full.GrabAndRelease, "with 1 device", two.GrabAndRelease);
        Compare("hand-over, 63 devices", () => full.HandOver(2), "with 1 device", () => two.HandOver(2));
    }

    private static void Compare(string ours, Func<double> measure, string peer, Func<double> measurePeer) =>
        Rounds.Compare(5, measure, measurePeer).Print(ours, peer, "ns", "0", "1 + guests / 64 words of the scan");

    private static double TimePerPair(Action<int> pair)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Pairs; i++)
            pair(i);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Pairs;
    }

    private sealed class Scene : IDisposable
    {
        private readonly ReferenceHypervisor _hypervisor = new(Calm);
        private readonly BareGuest[] _guests;

        public Scene(int guests, int devices)
        {
            // The last device is the one that is used, so that those before it are in the way if any are.
            SharedDevice device = Enumerable.Range(0, devices).Select(_ => _hypervisor.AddDevice(new BareDevice())).Last();
            _guests = [.. Enumerable.Range(0, guests).Select(_ => new BareGuest(_hypervisor, device))];
        }

        public double GrabAndRelease()
        {
            BareGuest last = _guests[^1];
            return TimePerPair(_ =>
            {
                last.Grab(queue: false);
                last.Release();
            });
        }

        /// <summary>Hands the device around among the last of the guests, each of which queues again as soon as it released.</summary>
        public double HandOver(int wanting)
        {
            BareGuest[] wants = _guests[^wanting..];
            foreach (BareGuest guest in wants)
                guest.Grab(queue: true);
            double nanoseconds = TimePerPair(i =>
            {
                BareGuest owner = wants[i % wanting];
                owner.Release();
                owner.Grab(queue: true);
            });
            for (int i = 0; i < wanting; i++)
                wants[(Pairs + i) % wanting].Release();
            return nanoseconds;
        }

        public void Dispose() => _hypervisor.Dispose();
    }
}
