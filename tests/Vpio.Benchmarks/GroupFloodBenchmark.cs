using System.Diagnostics;
using System.Globalization;
using Vpio.Benchmarks.Reporting;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Benchmarks;

/// <summary>Compares how long a release takes while its guest floods everybody with how long it takes while it floods one, with as many guests as there can be.</summary>
internal static class GroupFloodBenchmark
{
    private const int Guests = 1024;
    private const int Releases = 20;

    public static void Run(Report report)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { GuestMemoryBytes = 1 << 20, Grace = HypervisorOptions.MaxDuration });
        CountingWire wire = new();
        using Participants participants = new(hypervisor, wire, Guests);
        byte[] toOne = participants[0].MakeFrame(64);
        byte[] toAll = participants[0].MakeFrame(64);
        participants[1].MakeFrame(64).AsSpan(6, 6).CopyTo(toOne);
        toAll.AsSpan(0, 6).Fill(0xff);
        report.Say($"A release while the device is busy for its owner, with {Guests.ToString("#,0", CultureInfo.InvariantCulture)} guests on a loopback wire. A broadcast goes to all of them; none may be work that a release waits for.");
        List<double> ofAll = [];
        List<double> ofOne = [];
        new Contest("a release, the median of a round", "µs") { Rounds = 5 }
            .Add("while it floods everybody", () => MedianUs(participants, wire, toAll, ofAll))
            .Add("while it floods one guest", () => MedianUs(participants, wire, toOne, ofOne))
            .Run(report);
        report.Table(
            ["all releases", "p50 µs", "p99 µs", "most µs"],
            [["while it floods everybody", At(ofAll, 0.50), At(ofAll, 0.99), At(ofAll, 1)], ["while it floods one guest", At(ofOne, 0.50), At(ofOne, 0.99), At(ofOne, 1)]]);
    }

    private static double MedianUs(Participants participants, CountingWire wire, byte[] frame, List<double> all)
    {
        double[] times = new double[Releases];
        for (int i = 0; i < Releases; i++)
        {
            times[i] = TimeRelease(participants[0], wire, frame);
            participants[1].Device.Grab().Release(); // Another guest's turn, so that each time the device changes hands.
        }

        all.AddRange(times);
        return new Spread(times).Median;
    }

    private static double TimeRelease(Participant flooder, CountingWire wire, byte[] frame)
    {
        ulong before = wire.Carried;
        DeviceLease lease = flooder.Device.Grab();
        while (flooder.Transmitter.TrySend(in lease, frame))
        {
        }

        flooder.Transmitter.Flush(in lease);

        // Until the device is at it: a release of a device that has not begun waits for nothing.
        while (wire.Carried == before)
            Thread.SpinWait(1);
        long start = Stopwatch.GetTimestamp();
        lease.Release();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static string At(List<double> times, double share) =>
        times.Order().ElementAt((int)((times.Count - 1) * share)).ToString("0.0", CultureInfo.InvariantCulture);

    private sealed class CountingWire : IWire
    {
        private readonly LoopbackWire _inner = new();
        private ulong _carried;

        public ulong Carried => Volatile.Read(ref _carried);

        public void Connect(IFrameSink nic) => _inner.Connect(nic);

        public void Transmit(ReadOnlySpan<byte> frame)
        {
            Volatile.Write(ref _carried, _carried + 1);
            _inner.Transmit(frame);
        }
    }
}
