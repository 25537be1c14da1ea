using System.Diagnostics;
using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.AssembledGuests;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor.Guests;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Benchmarks.Machines;

/// <summary>Measures what virtual machines cost, against a plain C program that does the same with KVM.</summary>
internal static class MachineBenchmark
{
    private const int RunsOfEach = 5;
    private const int Samples = 301;
    private const int Lives = 32;
    private const uint Exits = 20_000;
    private const int AtOnce = 8;
    private const long DevicePageAt = 0x20_0000; // Where a machine has what (docs/guests.md).
    private const long WindowAt = 0x100_0000;

    private const int RestMicroseconds = 200;

    private static readonly (string Name, string Peer, Func<double> Measure)[] Figures =
    [
        ("exit by OUT and back", "exit", MeasureExit),
        ("upcall seen by a guest that polls", "polled", () => MachineUpcalls.Measure(MachineSignal.Pending) / 1000),
        ("upcall seen by an injected interrupt", "interrupt", () => MachineUpcalls.Measure(MachineSignal.Interrupt) / 1000),
        ("window closed at the end of an ownership", "protect", MeasureClosing),
        ("machine made, run to its first exit, and gone", "start", MeasureStart),
        ("machine that spins stopped by force, and gone", "stop", MeasureStop),
    ];

    /// <summary>Measures.</summary>
    public static void Run(Report report)
    {
        if (KvmSupport.WhyNot() is { } reason)
        {
            report.Say($"Not measured: no virtual machine can be run here, {reason}.");
            return;
        }

        string plain = PlainMachine.Build();
        double[][] ours = [.. Figures.Select(_ => new double[RunsOfEach])];
        double[][] theirs = [.. Figures.Select(_ => new double[RunsOfEach])];
        for (int run = 0; run < RunsOfEach; run++)
        {
            IReadOnlyDictionary<string, double> figures = PlainMachine.Measure(plain);
            for (int i = 0; i < Figures.Length; i++)
            {
                theirs[i][run] = figures[Figures[i].Peer];
                ours[i][run] = Figures[i].Measure();
            }
        }

        report.Table(["virtual machines, microseconds", "ours", "a plain C program over KVM", "ours to it"], Figures.Select((figure, i) => Row(figure.Name, new Spread(ours[i]), new Spread(theirs[i]))));
        report.Say("The C program does the same calls of KVM with nothing around it; its closed window is one that the guest tries again all the while, and its machine starts no thread and makes no sealed files.");
        MeasureManyAtOnce(report);
    }

    private static string[] Row(string name, Spread ours, Spread theirs) => [name, ours.ToString("N1"), theirs.ToString("N1"), ours.Over(theirs).ToString("0.00")];

    private static double MeasureExit()
    {
        using MachineStage stage = new();
        Guest guest = stage.Add(program =>
        {
            Label again = program.Code.CreateLabel();
            program.Code.mov(ecx, Exits);
            program.Code.Label(ref again);
            program.Out(MachinePort.Kick, uint.MaxValue);
            program.Code.dec(ecx);
            program.Code.jnz(again);
            program.End(0);
        });
        long since = Stopwatch.GetTimestamp();
        guest.Machine!.Start();
        guest.Machine.Ended.Wait();
        return Stopwatch.GetElapsedTime(since).TotalMicroseconds / Exits;
    }

    private static double MeasureClosing()
    {
        using MachineStage stage = new();
        Guest guest = stage.Add(ReadWhileOwned);
        guest.Machine!.Start();
        Thread.Sleep(2);
        double[] samples = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            stage.Device.Ownership.Grab(guest.Id, queue: false, out StateWord owned);
            ShortRest.Take(RestMicroseconds); // The guest uses it by then.
            long since = Stopwatch.GetTimestamp();
            guest.Body.OwnershipEnded(stage.Device.Index);
            samples[i] = Stopwatch.GetElapsedTime(since).TotalMicroseconds;
            stage.Device.Ownership.Release(guest.Id, owned.Generation);
        }

        return new Spread(samples).Median;
    }

    private static void ReadWhileOwned(MachineProgram program)
    {
        Label again = program.Code.CreateLabel();
        program.Code.Label(ref again);
        program.Code.pause();
        program.Code.cmp(__byte_ptr[DevicePageAt + DevicePage.SlotsOffset], (byte)DeviceState.Owned);
        program.Code.jne(again);
        program.Code.mov(eax, __dword_ptr[WindowAt]);
        program.Code.jmp(again);
    }

    private static double MeasureStart()
    {
        double[] samples = new double[Lives];
        for (int i = 0; i < Lives; i++)
        {
            using MachineStage stage = new();
            Guest guest = stage.Add(program => program.End(0));
            long since = Stopwatch.GetTimestamp();
            guest.Machine!.Start();
            guest.Machine.Ended.Wait();
            samples[i] = Stopwatch.GetElapsedTime(since).TotalMicroseconds;
        }

        return new Spread(samples).Median;
    }

    private static double MeasureStop()
    {
        double[] samples = new double[Lives];
        for (int i = 0; i < Lives; i++)
        {
            using MachineStage stage = new();
            Guest guest = stage.Add(Spin);
            guest.Machine!.Start();
            Thread.Sleep(2);
            long since = Stopwatch.GetTimestamp();
            guest.Stop();
            guest.Machine.Ended.Wait();
            samples[i] = Stopwatch.GetElapsedTime(since).TotalMicroseconds;
        }

        return new Spread(samples).Median;
    }

    private static void MeasureManyAtOnce(Report report)
    {
        using MachineStage stage = new();
        Guest[] guests = [.. Enumerable.Range(0, AtOnce).Select(_ => stage.Add(Spin))];
        long before = Environment.WorkingSet;
        long since = Stopwatch.GetTimestamp();
        foreach (Guest guest in guests)
            guest.Machine!.Start();
        double milliseconds = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        Thread.Sleep(20);
        report.Say($"{AtOnce} machines started in {milliseconds:0.0} ms; this process grew by {(Environment.WorkingSet - before) / 1024.0 / 1024.0:0.0} MiB.");
    }

    private static void Spin(MachineProgram program)
    {
        Label again = program.Code.CreateLabel();
        program.Code.Label(ref again);
        program.Code.jmp(again);
    }
}
