using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vpio.Abi.Network;
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

    public static void Run()
    {
        Console.WriteLine($"Context switch of the NIC: {SavedBytes} bytes saved, {LoadedBytes} loaded");
        using ReferenceHypervisor hypervisor = new();
        Nic nic = new(new LoopbackWire());
        SharedDevice shared = hypervisor.AddDevice(nic);
        DeviceContext[] contexts = [AddContext(hypervisor, nic, shared, 1), AddContext(hypervisor, nic, shared, 2)];
        byte[][] windows = [new byte[NicRegister.WindowBytes], new byte[NicRegister.WindowBytes]];
        byte[][] kept = [new byte[LoadedBytes], new byte[LoadedBytes]];
        Rounds.Compare(9, () => Time(turn => Switch(contexts[turn % 2], contexts[(turn + 1) % 2])), () => Time(turn => Copy(windows, kept, turn % 2)))
            .Print("save and load", "copy of as many bytes", "ns", "0.0", "to be known; a register is written in one access each");
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
