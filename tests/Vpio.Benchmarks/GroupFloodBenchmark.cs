using System.Diagnostics;
using System.Globalization;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Benchmarks;

/// <summary>Compares how long a release takes while its guest floods everybody with how long it takes while it floods one, with as many guests as there can be.</summary>
internal static class GroupFloodBenchmark
{
    private const int Guests = 1024;
    private const int Releases = 20;

    public static void Run()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { GuestMemoryBytes = 1 << 20, Grace = HypervisorOptions.MaxDuration });
        CountingWire wire = new();
        using Participants participants = new(hypervisor, wire, Guests);
        byte[] toOne = participants[0].MakeFrame(64);
        byte[] toAll = participants[0].MakeFrame(64);
        participants[1].MakeFrame(64).AsSpan(6, 6).CopyTo(toOne);
        toAll.AsSpan(0, 6).Fill(0xff);
        Console.WriteLine($"Release while the device is busy for its owner, {Guests:N0} guests on a loopback wire");
        List<double> ofAll = [];
        List<double> ofOne = [];
        Rounds.Compare(5, () => MedianUs(participants, wire, toAll, ofAll), () => MedianUs(participants, wire, toOne, ofOne))
            .Print("flood of broadcasts, median", "flood to one guest, median", "us", "0.0", "near 1: no work for each guest");
        Console.WriteLine($"  flood of broadcasts    p50 {At(ofAll, 0.50)}, p99 {At(ofAll, 0.99)}, most {At(ofAll, 1)} us");
        Console.WriteLine($"  flood to one guest     p50 {At(ofOne, 0.50)}, p99 {At(ofOne, 0.99)}, most {At(ofOne, 1)} us\n");
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
        return Rounds.Median(times);
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
