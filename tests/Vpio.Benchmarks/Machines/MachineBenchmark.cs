using System.Diagnostics;
using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.AssembledGuests;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
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
    private const long Memory = 0x1000_0000; // Where a machine has its memory (docs/guests.md).
    private const long DevicePageAt = 0x20_0000;
    private const long GuestPageAt = 0x20_2000;
    private const long WindowAt = 0x100_0000;
    private const int PendingAt = 64;
    private const int AnswerAt = 8;

    private static readonly TimeSpan Rest = TimeSpan.FromMicroseconds(200);

    private static readonly (string Name, string Peer, Func<double> Measure)[] Figures =
    [
        ("exit by OUT and back", "exit", MeasureExit),
        ("upcall seen by a guest that polls", "polled", () => MeasureUpcall(byInterrupt: false)),
        ("upcall seen by an injected interrupt", "interrupt", () => MeasureUpcall(byInterrupt: true)),
        ("window closed at the end of an ownership", "protect", MeasureClosing),
        ("machine made, run to its first exit, and gone", "start", MeasureStart),
        ("machine that spins stopped by force, and gone", "stop", MeasureStop),
    ];

    public static void Run()
    {
        if (KvmSupport.WhyNot() is { } reason)
        {
            Console.WriteLine($"virtual machines: none can be run here, {reason}\n");
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

        Console.WriteLine($"virtual machines, microseconds, medians of {RunsOfEach} runs: ours, a plain C program, ratio");
        for (int i = 0; i < Figures.Length; i++)
        {
            double[] ratios = [.. ours[i].Zip(theirs[i], (a, b) => a / b)];
            Console.WriteLine($"  {Figures[i].Name,-48} {Rounds.Spread(ours[i], "N1"),-26} {Rounds.Spread(theirs[i], "N1"),-26} {Rounds.Spread(ratios, "0.00")}");
        }

        MeasureManyAtOnce();
    }

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

    private static double MeasureUpcall(bool byInterrupt)
    {
        using MachineStage stage = new();
        Guest guest = stage.Add(program =>
        {
            Label again = program.Code.CreateLabel();
            program.Code.Label(ref again);
            if (!byInterrupt)
            {
                program.Code.cmp(__byte_ptr[GuestPageAt + PendingAt], 0);
                program.Code.je(again);
                Answer(program);
            }

            program.Code.jmp(again);
            if (!byInterrupt)
                return;
            program.BeginUpcallHandler();
            Answer(program);
            program.Code.iretq();
        });
        guest.Machine!.Start();
        Thread.Sleep(2);
        double[] samples = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            ulong before = stage.Word(guest, AnswerAt);
            long since = Stopwatch.GetTimestamp();
            guest.Upcalls.Raise(stage.Device.Index, DeviceEvents.RxPending);
            while (stage.Word(guest, AnswerAt) == before)
            {
            }

            samples[i] = Stopwatch.GetElapsedTime(since).TotalMicroseconds;
            Thread.Sleep(Rest);
        }

        return Rounds.Median(samples);
    }

    private static void Answer(MachineProgram program)
    {
        program.Code.mov(__byte_ptr[GuestPageAt + PendingAt], 0);
        program.Code.inc(__qword_ptr[Memory + AnswerAt]);
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
            Thread.Sleep(Rest); // The guest uses it by then.
            long since = Stopwatch.GetTimestamp();
            guest.Body.OwnershipEnded(stage.Device.Index);
            samples[i] = Stopwatch.GetElapsedTime(since).TotalMicroseconds;
            stage.Device.Ownership.Release(guest.Id, owned.Generation);
        }

        return Rounds.Median(samples);
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

        return Rounds.Median(samples);
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

        return Rounds.Median(samples);
    }

    private static void MeasureManyAtOnce()
    {
        using MachineStage stage = new();
        Guest[] guests = [.. Enumerable.Range(0, AtOnce).Select(_ => stage.Add(Spin))];
        long before = Environment.WorkingSet;
        long since = Stopwatch.GetTimestamp();
        foreach (Guest guest in guests)
            guest.Machine!.Start();
        double milliseconds = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        Thread.Sleep(20);
        Console.WriteLine($"  {AtOnce} machines started in {milliseconds:0.0} ms; this process grew by {(Environment.WorkingSet - before) / 1024.0 / 1024.0:0.0} MiB\n");
    }

    private static void Spin(MachineProgram program)
    {
        Label again = program.Code.CreateLabel();
        program.Code.Label(ref again);
        program.Code.jmp(again);
    }

    private sealed class MachineStage : IDisposable
    {
        private readonly ReferenceHypervisor _hypervisor = new();
        private readonly Nic _nic = new(new DiscardingWire());

        public MachineStage() => Device = _hypervisor.AddDevice(_nic);

        public SharedDevice Device { get; }

        public Guest Add(Action<MachineProgram> write)
        {
            MachineProgram program = new();
            write(program);
            Guest guest = _hypervisor.AddGuest(new GuestImage(program.ToImage()));
            _nic.SetMacAddress(guest.Id, new(0x02UL | ((ulong)guest.Id.Value << 40)));
            _hypervisor.Assign(guest, Device);
            return guest;
        }

        public ulong Word(Guest guest, int at) => Volatile.Read(ref guest.Pages.Memory.At<ulong>(at));

        public void Dispose() => _hypervisor.Dispose();
    }
}
