using System.Diagnostics;
using Iced.Intel;
using Vpio.Abi;
using Vpio.AssembledGuests;
using Vpio.Benchmarks.Processes;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor.Guests;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Benchmarks.Machines;

/// <summary>Measures how late a guest in a virtual machine sees an upcall: from before it is raised until the guest's answer is there.</summary>
internal static class MachineUpcalls
{
    private const int Samples = 301;
    private const long Memory = 0x1000_0000; // Where a machine has its memory and its guest page (docs/guests.md).
    private const long GuestPageAt = 0x20_2000;
    private const int PendingAt = 64;
    private const int AnswerAt = 64;
    private const int BareAt = 128;
    private const int RestMicroseconds = 200; // Until the guest, which has answered, looks again.

    /// <summary>Measures.</summary>
    /// <param name="by">By what the guest learns of it.</param>
    /// <param name="sides">Where it runs; null: the system places it.</param>
    /// <returns>The median, nanoseconds. The first sample has the guest's start in it, and counts for no more than one.</returns>
    public static double Measure(MachineSignal by, Sides? sides = null)
    {
        using MachineStage stage = new(sides?.There);
        Guest guest = stage.Add(program => Write(program, by));
        guest.Machine!.Start();
        double[] samples = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            ref ulong answer = ref MachineStage.Word(guest, AnswerAt);
            ulong before = Volatile.Read(ref answer);
            long since = Stopwatch.GetTimestamp();
            if (by == MachineSignal.BareWord)
                Volatile.Write(ref MachineStage.Word(guest, BareAt), 1);
            else
                guest.Upcalls.Raise(stage.Device.Index, DeviceEvents.RxPending);
            while (Volatile.Read(ref answer) == before)
            {
            }

            samples[i] = (Stopwatch.GetTimestamp() - since) * 1e9 / Stopwatch.Frequency;
            ShortRest.Take(RestMicroseconds);
        }

        return new Spread(samples).Median;
    }

    private static void Write(MachineProgram program, MachineSignal by)
    {
        AssemblerMemoryOperand word = by == MachineSignal.BareWord ? __byte_ptr[Memory + BareAt] : __byte_ptr[GuestPageAt + PendingAt];
        Label again = program.Code.CreateLabel();
        program.Code.Label(ref again);
        if (by == MachineSignal.Interrupt)
        {
            program.Code.jmp(again);
            program.BeginUpcallHandler();
            Answer(program, word);
            program.Code.iretq();
            return;
        }

        program.Code.cmp(word, 0);
        program.Code.je(again);
        Answer(program, word);
        program.Code.jmp(again);
    }

    private static void Answer(MachineProgram program, AssemblerMemoryOperand word)
    {
        program.Code.mov(word, 0);
        program.Code.inc(__qword_ptr[Memory + AnswerAt]);
    }
}
