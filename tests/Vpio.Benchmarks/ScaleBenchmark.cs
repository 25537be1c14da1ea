using System.Diagnostics;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Measures what grab, release and hand-over cost with 2 to 1,024 guests and 1 to 63 devices, against the smallest of each, and how much memory a guest takes.</summary>
internal static class ScaleBenchmark
{
    private const int Pairs = 50_000;
    private const int Rounds = 5;

    // Nothing is to end by itself.
    private static readonly HypervisorOptions Calm = new() { Slice = HypervisorOptions.MaxDuration, Grace = HypervisorOptions.MaxDuration, GuestMemoryBytes = 4096 };

    /// <summary>Measures.</summary>
    public static void Run(Report report)
    {
        report.Say("One thread makes all calls, on a device that does nothing. In brackets how often the cost with 2 guests, or one device, that is.");
        Compare(report, "guests", [2, 16, 64, 256, 1024], guests => new Scene(guests, devices: 1));
        Compare(report, "devices", [1, 8, 63], devices => new Scene(guests: 2, devices));
        report.Say("A hand-over looks through 16 words of waiters at most, so it grows little with guests that do not want the device.");
        MemoryOfGuests.Run(report);
    }

    private static void Compare(Report report, string what, int[] sizes, Func<int, Scene> make)
    {
        Scene[] scenes = [.. sizes.Select(make)];
        (string Name, Func<Scene, double> Measure)[] figures =
        [
            ("grab and release, ns", scene => scene.GrabAndRelease()),
            ("hand-over, two want it, ns", scene => scene.HandOver(2)),
            ("hand-over, all want it, ns", scene => scene.HandOver(scene.Guests)),
        ];
        Spread[][] measured = [.. figures.Select(figure => InTurn.Measure(Rounds, [.. scenes.Select(scene => (Func<double>)(() => figure.Measure(scene)))]))];
        report.Table(
            [what, .. figures.Select(figure => figure.Name)],
            sizes.Select((size, i) => (string[])[$"{size:N0}", .. measured.Select(figure => $"{figure[i].ToString("N0")} ({figure[i].Over(figure[0]).Median:0.00})")]));
        foreach (Scene scene in scenes)
            scene.Dispose();
    }

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

        public int Guests => _guests.Length;

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
