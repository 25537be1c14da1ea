using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vpio.Abi.Network;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks;

/// <summary>Compares what a hand-over does to the NIC, saving one context and loading another, with a bare copy of as many bytes.</summary>
internal static class ContextSwitchBenchmark
{
    private const int Switches = 1_000_000;

    // What Save reads out of a window, and what Load writes into one: set-up; then set-up, identity, limits, address, heads, status and counters.
    private const int SavedBytes = 40;
    private const int LoadedBytes = SavedBytes + 84;

    public static void Run(Report report)
    {
        using ReferenceHypervisor hypervisor = new();
        Nic nic = new(new LoopbackWire());
        SharedDevice shared = hypervisor.AddDevice(nic);
        DeviceContext[] contexts = [AddContext(hypervisor, nic, shared, 1), AddContext(hypervisor, nic, shared, 2)];
        byte[][] windows = [new byte[NicRegister.WindowBytes], new byte[NicRegister.WindowBytes]];
        byte[][] kept = [new byte[LoadedBytes], new byte[LoadedBytes]];
        report.Say($"{SavedBytes} bytes are read out of one window and {LoadedBytes} written into the other, a register in one access each.");
        new Contest("a context switch of the NIC", "ns")
            .Add("save one guest's context, load another's", () => Time(turn => Switch(contexts[turn % 2], contexts[(turn + 1) % 2])))
            .Add("a copy of as many bytes (the limit)", () => Time(turn => Copy(windows, kept, turn % 2)))
            .Run(report);
    }

    private static DeviceContext AddContext(ReferenceHypervisor hypervisor, Nic nic, SharedDevice shared, ulong number)
    {
        Guest guest = hypervisor.AddGuest();
        nic.SetMacAddress(guest.Id, new MacAddress(0x02 | (number << 40)));
        hypervisor.Assign(guest, shared);
        return shared.Gate.ContextOf(guest.Id)!;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Switch(DeviceContext from, DeviceContext to)
    {
        from.Save();
        to.Load();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Copy(byte[][] windows, byte[][] kept, int from)
    {
        windows[from].AsSpan(0, SavedBytes).CopyTo(kept[from]);
        kept[1 - from].AsSpan(0, LoadedBytes).CopyTo(windows[1 - from]);
    }

    private static double Time(Action<int> turn)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Switches; i++)
            turn(i);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Switches;
    }
}
