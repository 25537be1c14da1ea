using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;

namespace Vpio.Benchmarks;

/// <summary>Compares reading a device's state through the shared page with a plain volatile load, and with other ways to learn it.</summary>
/// <remarks>Eight reads a turn: the loop itself costs as much as a read, and more or less with where the compiler puts it.</remarks>
internal static class StateReadBenchmark
{
    private const int Reads = 100_000_000;
    private const int Calls = 2_000_000;

    public static void Run(Report report)
    {
        using ReferenceHypervisor hypervisor = new();
        SharedDevice device = hypervisor.AddDevice(new BareDevice());
        BareGuest guest = new(hypervisor, device);
        ulong[] word = GC.AllocateArray<ulong>(8, pinned: true);
        using MemoryMappedFile file = MemoryMappedFile.CreateNew(null, DevicePage.Size);
        using MemoryMappedViewAccessor view = file.CreateViewAccessor();
        new Contest("a read of the state", "ns", "0.000")
            .Add("`DeviceSlot.ReadState` on the shared page", () => ReadState(guest.Guest.Port, device.Index))
            .Add("`Volatile.Read` of a word (the limit)", () => ReadPlain(ref word[0]), Aim.AtMost(1.1))
            .Add("`MemoryMappedViewAccessor.ReadUInt64`", () => ReadView(view))
            .Add("the hypercall `DEVOP_get_state`", () => ReadByCall(guest))
            .Run(report);
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

    private static double ReadView(MemoryMappedViewAccessor view)
    {
        ulong sum = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Calls; i++)
            sum += view.ReadUInt64(DevicePage.SlotsOffset);
        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
        Keep(sum);
        return ns;
    }

    private static double ReadByCall(BareGuest guest)
    {
        ulong sum = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Calls; i++)
            sum += guest.AskState().Value;
        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
        Keep(sum);
        return ns;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(ulong value) => _ = value;
}
