using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks;

/// <summary>Compares reading a device's state through the shared page with a plain volatile load.</summary>
/// <remarks>Eight reads a turn: the loop itself costs as much as a read, and more or less with where the compiler puts it.</remarks>
internal static class StateReadBenchmark
{
    private const int Reads = 400_000_000;

    public static void Run()
    {
        Console.WriteLine("State read from the shared page");
        using ReferenceHypervisor hypervisor = new();
        SharedDevice device = hypervisor.AddDevice(new Nic(new LoopbackWire()));
        Guest guest = hypervisor.AddGuest();
        ulong[] word = GC.AllocateArray<ulong>(8, pinned: true);
        Rounds.Compare(9, () => ReadState(guest.Port, device.Index), () => ReadPlain(ref word[0]))
            .Print("DeviceSlot.ReadState through the page", "Volatile.Read of a ulong", "ns", "0.000", "at most 1.1");
        GC.KeepAlive(word);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double ReadState(IHypercallPort port, DeviceIndex device)
    {
        ref readonly DeviceSlot slot = ref DevicePage.Slot(in port.DevicePage, device);
        ulong sum = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Reads; i += 8)
        {
            sum += DeviceSlot.ReadState(in slot).Value;
            sum += DeviceSlot.ReadState(in slot).Value;
            sum += DeviceSlot.ReadState(in slot).Value;
            sum += DeviceSlot.ReadState(in slot).Value;
            sum += DeviceSlot.ReadState(in slot).Value;
            sum += DeviceSlot.ReadState(in slot).Value;
            sum += DeviceSlot.ReadState(in slot).Value;
            sum += DeviceSlot.ReadState(in slot).Value;
        }

        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Reads;
        Keep(sum);
        return ns;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double ReadPlain(ref ulong word)
    {
        ulong sum = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Reads; i += 8)
        {
            sum += Volatile.Read(ref word);
            sum += Volatile.Read(ref word);
            sum += Volatile.Read(ref word);
            sum += Volatile.Read(ref word);
            sum += Volatile.Read(ref word);
            sum += Volatile.Read(ref word);
            sum += Volatile.Read(ref word);
            sum += Volatile.Read(ref word);
        }

        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Reads;
        Keep(sum);
        return ns;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(ulong value) => _ = value;
}
